-- Idempotency keys with the answers they got, written in the transaction of the order.
create table idempotency_key (
  customer_id text not null,
  key text not null,
  request_digest bytea not null,
  order_id uuid not null references customer_order (id),
  answer bytea not null,
  used_at timestamptz not null,
  primary key (customer_id, key)
);

-- Expired keys are deleted from the oldest on.
create index idempotency_key_used_at on idempotency_key (used_at);
