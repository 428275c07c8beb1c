-- While the row exists, no replica of the consumer processes an event or sets one aside. A consumer that its release breaks
-- writes it; an operator writes it too, and deletes it. One row, because a database has one consumer.
create table consumption_pause (
  only_row boolean primary key default true check (only_row),
  paused_at timestamptz not null,
  paused_by text not null,
  reason text not null
);

-- A pause is about no letter and no outbox row. The constraint has the name that PostgreSQL gave it.
alter table operator_audit
  drop constraint operator_audit_check,
  add constraint operator_audit_subject check (
    num_nonnulls(dead_letter_id, outbox_event_id) = case when action in ('PAUSE', 'RESUME_CONSUMPTION') then 0 else 1 end
  );
