-- One row for each event that a handler has applied, written in the transaction of its effect.
create table inbox_marker (
  handler text not null,
  source text not null,
  event_id text not null,
  processed_at timestamptz not null,
  primary key (handler, source, event_id)
);

-- Retention deletes the oldest in bounded batches.
create index inbox_marker_processed_at on inbox_marker (processed_at);
