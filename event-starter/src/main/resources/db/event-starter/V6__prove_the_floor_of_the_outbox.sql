-- The relay reads above a floor below which no row can appear any more. It proves the floor by transaction ids: whoever
-- draws a row's id must have a transaction id by then. An insert alone would draw the row's id first.
create function outbox_event_xid() returns trigger
language plpgsql as $$
begin
  perform pg_current_xact_id();
  return null;
end $$;

create trigger outbox_event_xid
before insert on outbox_event
for each statement execute function outbox_event_xid();

-- By key the index refused a key of some kilobytes, and with it the parking of its row. Parked rows are few.
drop index outbox_event_parked;
create index outbox_event_parked on outbox_event (id) where parked_at is not null;
