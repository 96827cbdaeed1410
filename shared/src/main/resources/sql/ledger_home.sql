-- The database that the ledger lies in: a copy by dump or template has another one, a promoted standby the same.
select (select system_identifier from pg_control_system())::text || '.' || oid
from pg_database
where datname = current_database()
