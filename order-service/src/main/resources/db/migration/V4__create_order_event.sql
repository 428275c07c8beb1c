-- What happened to an order, written in the transaction in which it happened: each event as it is on the topic.
create table order_event (
  order_id uuid not null references customer_order (id),
  event_id uuid not null,
  -- Events of one order are written under the lock of its row, so that this is their order.
  position bigint generated always as identity,
  type text not null,
  source text not null,
  at timestamptz not null,
  causation_id text,
  detail text not null,
  -- The event without its data, in CloudEvents' JSON format; the data stays the bytes that were published.
  attributes jsonb not null,
  data bytea not null,
  primary key (order_id, event_id)
);
