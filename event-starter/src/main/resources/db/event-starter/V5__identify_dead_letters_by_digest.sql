-- A topic that is deleted and made anew has other records at the offsets of old dead letters. They must not be taken
-- for dead, so a digest of key, headers and value is part of a dead letter's identity.
-- Rows from before have none. If such a record is delivered once more, it is tried again, and ends as a second row.
-- A process of the previous release that meets a defect while this migration is in place waits, as in an outage, until
-- its successor replaces it: its "on conflict" finds no matching key.
alter table dead_letter add column digest bytea not null default '';

alter table dead_letter
  drop constraint dead_letter_origin_topic_origin_partition_origin_offset_key,
  add unique (origin_topic, origin_partition, origin_offset, digest);
