-- The first program to start decides; all others follow what is stored.
insert into fleet (shards) values (?) on conflict do nothing
