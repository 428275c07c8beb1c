-- An order and its lines, written together in the transaction of its event.
create table customer_order (
  id uuid primary key,
  customer_id text not null,
  status text not null,
  total_cents bigint not null check (total_cents >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  ship_to_name text not null,
  ship_to_street text not null,
  ship_to_city text not null,
  ship_to_postal_code text not null,
  ship_to_country text not null check (ship_to_country ~ '^[A-Z]{2}$'),
  placed_at timestamptz not null
);

create table order_line (
  order_id uuid not null references customer_order (id),
  line_number int not null check (line_number between 1 and 100),
  sku text not null,
  quantity int not null check (quantity between 1 and 1000),
  unit_price_cents bigint not null check (unit_price_cents >= 0),
  primary key (order_id, line_number),
  unique (order_id, sku)
);
