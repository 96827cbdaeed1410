#!/usr/bin/env bash
# Runs once, when the data are made: the owner of the tables, and the role that the programs work as.
set -euo pipefail
psql -q -v ON_ERROR_STOP=1 -U postgres -d postgres <<'SQL'
\set owner_password `cat /run/secrets/owner`
\set app_password `cat /run/secrets/app`
create role pedidos_owner login password :'owner_password';
create role pedidos_app login password :'app_password';
create database pedidos owner pedidos_owner template template0 encoding 'UTF8';
revoke all on database pedidos from public;
grant connect on database pedidos to pedidos_app;
revoke connect on database postgres from public;
SQL
