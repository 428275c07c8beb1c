-- How a reservation ends: RELEASED when its order is cancelled, SHIPPED when its units have left. CANCELLED is that of an
-- order that was cancelled while nothing was reserved for it; if its placement comes later, it reserves nothing.
alter table reservation
  drop constraint reservation_status_check,
  add check (status in ('RESERVED', 'REJECTED', 'RELEASED', 'SHIPPED', 'CANCELLED'));

-- Units that were ever put on hand: the first ones and every adjustment. The lines of ended reservations stay, so that
-- both sums can be checked: reserved = lines of RESERVED, on_hand = stocked - lines of SHIPPED.
alter table stock add stocked numeric;
update stock set stocked = on_hand;
alter table stock alter stocked set not null;
