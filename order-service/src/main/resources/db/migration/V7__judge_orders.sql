-- PLACED becomes CONFIRMED or REJECTED, which are final.
alter table customer_order add check (status in ('PLACED', 'CONFIRMED', 'REJECTED'));
