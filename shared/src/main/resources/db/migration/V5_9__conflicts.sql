-- How often other content was refused under an id. An event cannot be taken back: the first twenty contents become one each,
-- what comes after is counted here, and told with the last of them.
create table conflicts (
    pedido_id text collate "C" primary key,
    -- Contents that are on the record as events.
    recorded  integer not null,
    -- Refusals after those.
    further   bigint not null default 0
) with (fillfactor = 50);

insert into conflicts (pedido_id, recorded)
select external_id, count(*) from operation_events where event_type = 'CONFLICT' group by external_id;

grant select, insert, update on conflicts to "${app_role}";
