-- Without a unique key: an effect that happens twice must show.
create table effect (
  id bigint generated always as identity primary key,
  event_id text not null,
  name text not null,
  amount int not null
);

-- A row that two sessions want at once.
create table total (
  name text primary key,
  amount bigint not null
);

insert into total (name, amount)
values ('contended', 0), ('ordered', 0);
