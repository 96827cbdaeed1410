-- Programs that may change no table make sure that the tables are of their version.
grant select on flyway_schema_history to "${app_role}";
