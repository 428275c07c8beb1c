-- One row for each order that was decided.
create table reservation (
  order_id uuid primary key,
  status text not null check (status in ('RESERVED', 'REJECTED')),
  reason text,
  decided_at timestamptz not null,
  check ((status = 'REJECTED') = (reason is not null))
);

-- What is reserved: the lines of reserved orders.
create table reservation_line (
  order_id uuid not null references reservation (order_id),
  sku text not null references stock (sku),
  quantity int not null check (quantity > 0),
  primary key (order_id, sku)
);
