-- Records on their way to Kafka, written in the transaction of what they tell about.
-- Key, header names and all values are bytes, because a dead letter must leave exactly as it came.
create table outbox_event (
  -- Without "cache": two events written one after the other under a row lock get ascending ids, and the relay reads
  -- by ascending id.
  id bigint generated always as identity primary key,
  topic text not null,
  message_key bytea,
  header_names bytea[] not null,
  header_values bytea[] not null,
  payload bytea,
  created_at timestamptz not null default now(),
  parked_at timestamptz,
  parked_reason text,
  check (cardinality(header_names) = cardinality(header_values)),
  check ((parked_at is null) = (parked_reason is null))
);

-- Rows live for milliseconds: vacuum early, so that the scan from the lowest id stays short.
alter table outbox_event set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- Empty unless the broker refused a row for good.
create index outbox_event_parked on outbox_event (topic, message_key) where parked_at is not null;
