-- One row for each order that was counted: what a reconciliation compares with the orders, because counters cannot tell
-- one order counted twice from two. It costs one more insert for an order, without an index beyond its key.
create table counted_order (
  order_id uuid primary key,
  units bigint not null check (units > 0),
  revenue_cents bigint not null check (revenue_cents >= 0),
  counted_at timestamptz not null
);

-- Sales by the hour in which orders were placed. An hour has one counter for each partition of the topic, summed on
-- read: the current hour is in every batch, and a partition is read by one replica at a time, so that replicas do not
-- wait for each other's counters. The fill factor leaves room for heap-only updates: no index has a figure in it.
create table sales_by_hour (
  hour timestamptz not null,
  partition int not null,
  orders bigint not null check (orders > 0),
  units bigint not null,
  revenue_cents bigint not null,
  primary key (hour, partition),
  -- A whole hour whatever zone a session is in: some zones are half an hour off.
  check (date_trunc('hour', hour, 'UTC') = hour)
) with (fillfactor = 70);

create table product_sales_by_hour (
  hour timestamptz not null,
  sku text not null,
  partition int not null,
  orders bigint not null check (orders > 0),
  units bigint not null,
  revenue_cents bigint not null,
  primary key (hour, sku, partition),
  check (date_trunc('hour', hour, 'UTC') = hour)
) with (fillfactor = 70);
