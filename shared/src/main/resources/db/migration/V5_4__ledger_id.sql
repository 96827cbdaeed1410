-- Which ledger this is, whatever its server and its name: named in its messages and on its vhost. A dump keeps it.
alter table fleet add column ledger uuid not null default gen_random_uuid();
