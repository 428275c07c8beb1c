create table stock (
  sku text primary key,
  on_hand bigint not null check (on_hand >= 0),
  reserved bigint not null default 0,
  check (reserved between 0 and on_hand)
);

-- Plenty of everything but rugs and desks, so that some orders are rejected.
insert into stock (sku, on_hand)
values
  ('SKU-BLANKET', 1000000),
  ('SKU-CANDLE', 1000000),
  ('SKU-CHAIR', 1000000),
  ('SKU-CLOCK', 1000000),
  ('SKU-DESK', 500),
  ('SKU-KETTLE', 1000000),
  ('SKU-LAMP', 1000000),
  ('SKU-MUG', 1000000),
  ('SKU-PLANT', 1000000),
  ('SKU-RUG', 100),
  ('SKU-TEAPOT', 1000000),
  ('SKU-TOASTER', 1000000);
