-- Figures exist in two sets of tables, so that a rebuild fills one set while the other one serves.
create table figure_set (
  name text primary key check (name in ('A', 'B')),
  -- Two sets never share a state. Deferred, because a switch changes both.
  state text not null unique deferrable initially deferred
    check (state in ('SERVING', 'STANDBY', 'BUILDING', 'EMPTY')),
  -- Number of the rebuild that filled it; 0 for the set that was filled from the start.
  rebuild int not null default 0,
  -- The rebuild recomputes this hour and later ones, and copies earlier ones; null if it recomputes every hour.
  first_hour timestamptz,
  started_at timestamptz
);
insert into figure_set (name, state) values ('A', 'SERVING'), ('B', 'EMPTY');

-- The figures so far are set A. Cancelled orders are lost as rejected ones are. In the order in which a transaction of
-- the previous release locks the tables, so that neither waits for the other.
alter table counted_order rename to counted_order_a;
alter table rejected_order rename to lost_order_a;
alter table sales_by_hour rename to sales_by_hour_a;
alter table product_sales_by_hour rename to product_sales_by_hour_a;
alter table sales_by_hour_a rename rejected_orders to lost_orders;
alter table sales_by_hour_a rename rejected_units to lost_units;
alter table sales_by_hour_a rename rejected_revenue_cents to lost_revenue_cents;
alter table product_sales_by_hour_a rename rejected_orders to lost_orders;
alter table product_sales_by_hour_a rename rejected_units to lost_units;
alter table product_sales_by_hour_a rename rejected_revenue_cents to lost_revenue_cents;

create table counted_order_b (like counted_order_a including all);
create table lost_order_b (like lost_order_a including all);
create table sales_by_hour_b (like sales_by_hour_a including all) with (fillfactor = 70);
create table product_sales_by_hour_b (like product_sales_by_hour_a including all) with (fillfactor = 70);

-- What is served. One statement sees one set, whenever a switch happens; the other branch is not executed.
create view served_counted_order as
select * from counted_order_a where (select name from figure_set where state = 'SERVING') = 'A'
union all
select * from counted_order_b where (select name from figure_set where state = 'SERVING') = 'B';

create view served_lost_order as
select * from lost_order_a where (select name from figure_set where state = 'SERVING') = 'A'
union all
select * from lost_order_b where (select name from figure_set where state = 'SERVING') = 'B';

create view served_sales_by_hour as
select * from sales_by_hour_a where (select name from figure_set where state = 'SERVING') = 'A'
union all
select * from sales_by_hour_b where (select name from figure_set where state = 'SERVING') = 'B';

create view served_product_sales_by_hour as
select * from product_sales_by_hour_a where (select name from figure_set where state = 'SERVING') = 'A'
union all
select * from product_sales_by_hour_b where (select name from figure_set where state = 'SERVING') = 'B';

-- For the previous release, which reads and writes set A by these names until it is replaced. A later release drops them.
create view counted_order as select * from counted_order_a;
create view rejected_order as select * from lost_order_a;
create view sales_by_hour as
select hour, partition, orders, units, revenue_cents, lost_orders as rejected_orders, lost_units as rejected_units,
  lost_revenue_cents as rejected_revenue_cents
from sales_by_hour_a;
create view product_sales_by_hour as
select hour, sku, partition, orders, units, revenue_cents, lost_orders as rejected_orders, lost_units as rejected_units,
  lost_revenue_cents as rejected_revenue_cents
from product_sales_by_hour_a;
