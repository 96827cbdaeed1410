-- The database that holds the ledger: a copy by dump or template is in another one, a promoted standby in the same.
select (select system_identifier from pg_control_system())::text || '.' || oid
from pg_database
where datname = current_database()
