-- Finds the webhooks whose time is over, however many wait. One that waits has not ended: the second condition keeps every other
-- statement from using this index while its statistics say that nothing waits.
create index webhooks_since on webhooks (desde) where status = 'PENDING' and terminado_em is null;
