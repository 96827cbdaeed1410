#!/usr/bin/env bash
# The role of the service `verify`, which may only read. Runs when the data are made, and at each update.
set -euo pipefail
psql -q -v ON_ERROR_STOP=1 -U postgres -d pedidos <<'SQL'
\set password `cat /run/secrets/verify`
select not exists (select from pg_roles where rolname = 'pedidos_verify') as missing \gset
\if :missing
create role pedidos_verify login;
\endif
alter role pedidos_verify password :'password';
grant connect on database pedidos to pedidos_verify;
grant select on all tables in schema public to pedidos_verify;
grant select on all sequences in schema public to pedidos_verify;
alter default privileges for role pedidos_owner in schema public grant select on tables to pedidos_verify;
alter default privileges for role pedidos_owner in schema public grant select on sequences to pedidos_verify;
SQL
