-- 100 lines of 1000 units at this price cost 10^12 cents, the bound of an event's total.
alter table product add check (unit_price_cents <= 10000000);
