-- What operators do with dead letters and parked outbox rows, and what becomes of the letters that they redrive.
alter table dead_letter
  -- From the headers, so that rows which a process of the previous release stores have it too. Cut to fit an index.
  add column event_type text generated always as (
    left(encode(substring(header_values[array_position(header_names, 'ce_type'::bytea)] from 1 for 200), 'escape'), 200)
  ) stored,
  add column redrives int not null default 0 check (redrives >= 0),
  -- When it was resolved or purged; retention counts from then.
  add column settled_at timestamptz,
  add column resolution text check (resolution in ('APPLIED', 'ALREADY_APPLIED', 'SKIPPED'));

update dead_letter
set settled_at = now()
where state in ('RESOLVED', 'PURGED');

-- A redriven record proves by its digest which letter it is. Letters from before V5 have none.
update dead_letter as letter
set digest = computed.digest
from (
  select id, sha256(
    int4send(coalesce(octet_length(message_key), -1)) || coalesce(message_key, '')
      || int4send(coalesce(octet_length(payload), -1)) || coalesce(payload, '')
      || coalesce((
        select string_agg(int4send(octet_length(name)) || name
          || int4send(coalesce(octet_length(value), -1)) || coalesce(value, ''), '' order by position)
        from unnest(header_names, header_values) with ordinality as header (name, value, position)
      ), '')
  ) as digest
  from dead_letter
  where digest = ''
) as computed
where letter.id = computed.id
  and not exists (
    select
    from dead_letter as same
    where same.origin_topic = letter.origin_topic
      and same.origin_partition = letter.origin_partition
      and same.origin_offset = letter.origin_offset
      and same.digest = computed.digest
  );

-- Lists are read by id, newest first; most name a state.
create index dead_letter_state on dead_letter (state, id);
create index dead_letter_event_type on dead_letter (event_type, id);
-- The start of a key, because an index refuses a key of some kilobytes.
create index dead_letter_key on dead_letter (substring(message_key from 1 for 64), id);
create index dead_letter_settled on dead_letter (settled_at) where settled_at is not null;

-- One row for each change of a dead letter's state after its first, and for each release of parked outbox rows, written
-- in the transaction of the change. It outlives what it is about.
create table operator_audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  operator text not null,
  action text not null,
  dead_letter_id bigint,
  outbox_event_id bigint,
  outcome text not null,
  check (num_nonnulls(dead_letter_id, outbox_event_id) = 1)
);

create index operator_audit_dead_letter on operator_audit (dead_letter_id, id);
-- Retention deletes the oldest in bounded batches.
create index operator_audit_at on operator_audit (at);
