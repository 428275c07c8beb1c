-- What can be ordered. One currency, because an order has one total.
create table product (
  sku text primary key,
  name text not null,
  unit_price_cents bigint not null check (unit_price_cents >= 0),
  currency text not null check (currency = 'EUR')
);

insert into product (sku, name, unit_price_cents, currency)
values
  ('SKU-KETTLE', 'Kettle', 4990, 'EUR'),
  ('SKU-MUG', 'Mug', 890, 'EUR'),
  ('SKU-TEAPOT', 'Teapot', 3450, 'EUR'),
  ('SKU-TOASTER', 'Toaster', 5990, 'EUR'),
  ('SKU-LAMP', 'Lamp', 7900, 'EUR'),
  ('SKU-CHAIR', 'Chair', 12900, 'EUR'),
  ('SKU-DESK', 'Desk', 34900, 'EUR'),
  ('SKU-CLOCK', 'Clock', 2990, 'EUR'),
  ('SKU-PLANT', 'Plant', 1990, 'EUR'),
  ('SKU-RUG', 'Rug', 15900, 'EUR'),
  ('SKU-BLANKET', 'Blanket', 4500, 'EUR'),
  ('SKU-CANDLE', 'Candle', 1290, 'EUR');
