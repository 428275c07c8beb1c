-- One row for each order that was counted as rejected.
create table rejected_order (
  order_id uuid primary key,
  units bigint not null check (units > 0),
  revenue_cents bigint not null check (revenue_cents >= 0),
  counted_at timestamptz not null
);

-- Rejected orders beside the placed ones, in the hour in which they were placed; net is the difference. The rejection of
-- an order may be counted before its placement.
alter table sales_by_hour
  add rejected_orders bigint not null default 0,
  add rejected_units bigint not null default 0,
  add rejected_revenue_cents numeric not null default 0,
  drop constraint sales_by_hour_orders_check,
  add check (orders >= 0 and rejected_orders >= 0 and orders + rejected_orders > 0);

alter table product_sales_by_hour
  add rejected_orders bigint not null default 0,
  add rejected_units bigint not null default 0,
  add rejected_revenue_cents numeric not null default 0,
  drop constraint product_sales_by_hour_orders_check,
  add check (orders >= 0 and rejected_orders >= 0 and orders + rejected_orders > 0);
