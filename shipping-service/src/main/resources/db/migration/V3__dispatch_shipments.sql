-- PLANNED: the order is not confirmed yet. CONFIRMED: it is, but its placement has not come, so that nothing is planned.
-- DISPATCHED: the carrier has booked it; it stays so. CANCELLED as before.
alter table shipment
  add carrier text,
  add tracking_number text,
  add dispatched_at timestamptz,
  drop constraint shipment_status_check,
  drop constraint shipment_check1,
  add constraint shipment_status_check check (status in ('PLANNED', 'CONFIRMED', 'DISPATCHED', 'CANCELLED')),
  add constraint shipment_plan_check check (num_nonnulls(planned_for, planned_at, ship_to_name, ship_to_street,
    ship_to_city, ship_to_postal_code, ship_to_country) = case when status in ('PLANNED', 'DISPATCHED') then 7 else 0 end),
  add constraint shipment_dispatch_check check (num_nonnulls(carrier, tracking_number, dispatched_at) =
    case status when 'DISPATCHED' then 3 else 0 end);
