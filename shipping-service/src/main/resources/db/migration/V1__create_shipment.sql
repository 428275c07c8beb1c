-- One shipment for each order.
create table shipment (
  shipment_id uuid primary key,
  order_id uuid not null unique,
  status text not null check (status in ('PLANNED')),
  planned_for timestamptz not null,
  ship_to_name text not null,
  ship_to_street text not null,
  ship_to_city text not null,
  ship_to_postal_code text not null,
  ship_to_country text not null,
  planned_at timestamptz not null
);

-- What is in its parcels, numbered from 1.
create table parcel_line (
  shipment_id uuid not null references shipment (shipment_id),
  parcel_number int not null check (parcel_number >= 1),
  sku text not null,
  quantity int not null check (quantity > 0),
  primary key (shipment_id, parcel_number, sku)
);
