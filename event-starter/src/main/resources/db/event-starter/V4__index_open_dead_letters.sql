-- What is open is counted every few seconds, and its oldest is looked for; what is done stays in the table.
create index dead_letter_open on dead_letter (dead_at) where state = 'OPEN';
