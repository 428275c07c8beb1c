-- One row for each order that was counted: what a reconciliation compares with the orders, because counters cannot tell
-- one order counted twice from two.
create table counted_order (
  order_id uuid primary key,
  counted_at timestamptz not null
);

-- How many orders have both products. A pair has one counter for each partition of the topic, summed on read: the pairs
-- of popular products are in every batch, and a partition is read by one replica at a time, so that replicas do not
-- wait for each other's counters.
create table bought_together (
  -- The lesser of the two by its characters' codes, whatever the database's collation.
  sku text collate "C" not null,
  other_sku text collate "C" not null,
  partition int not null,
  orders bigint not null check (orders > 0),
  primary key (sku, other_sku, partition),
  check (sku <> other_sku)
) with (fillfactor = 70);

-- A product is the other one in half of its pairs. Neither index has the count in it, so that counting rewrites no index
-- entry (a heap-only update, for which the fill factor leaves room); a read sorts the partners of one product instead.
create index bought_together_other_sku on bought_together (other_sku, sku);
