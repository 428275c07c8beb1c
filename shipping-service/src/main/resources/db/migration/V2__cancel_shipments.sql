-- A cancelled shipment has neither pickup nor address nor parcels. Its row may come before the order's placement, which
-- then leaves it as it is.
alter table shipment
  add cancelled_at timestamptz,
  alter planned_for drop not null,
  alter planned_at drop not null,
  alter ship_to_name drop not null,
  alter ship_to_street drop not null,
  alter ship_to_city drop not null,
  alter ship_to_postal_code drop not null,
  alter ship_to_country drop not null,
  drop constraint shipment_status_check,
  add check (status in ('PLANNED', 'CANCELLED')),
  add check ((status = 'CANCELLED') = (cancelled_at is not null)),
  add check (num_nonnulls(planned_for, planned_at, ship_to_name, ship_to_street, ship_to_city, ship_to_postal_code,
    ship_to_country) = case status when 'PLANNED' then 7 else 0 end);
