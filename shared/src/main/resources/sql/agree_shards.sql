-- The first program that starts decides; all others read the stored number.
insert into fleet (shards) values (?) on conflict do nothing
