-- A sum of any number of orders fits: with bigint, an hour of large orders would turn the next customers' events into
-- dead letters.
alter table sales_by_hour alter column revenue_cents type numeric;
alter table product_sales_by_hour alter column revenue_cents type numeric;
