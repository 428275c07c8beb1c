-- Records that could not be processed, as they came.
create table dead_letter (
  id bigint generated always as identity primary key,
  handler text not null,
  origin_topic text not null,
  origin_partition int not null,
  origin_offset bigint not null,
  message_key bytea,
  header_names bytea[] not null,
  header_values bytea[] not null,
  payload bytea,
  reason text not null,
  attempts int not null check (attempts >= 1),
  state text not null default 'OPEN' check (state in ('OPEN', 'REDRIVEN', 'PARKED', 'RESOLVED', 'PURGED')),
  dead_at timestamptz not null,
  unique (origin_topic, origin_partition, origin_offset),
  check (cardinality(header_names) = cardinality(header_values))
);
