-- GET /orders reads a page as one range of an index, newest first (an index is read backwards as well as forwards):
-- of all orders, of one customer, of one status. A page of both filters reads the range
-- that PostgreSQL takes for the shorter one.
create index customer_order_placed on customer_order (placed_at, id);
create index customer_order_customer on customer_order (customer_id, placed_at, id);
create index customer_order_status on customer_order (status, placed_at, id);
