-- What failing, parking, holding and publishing again need to know. docs/lifecycle.md explains every column.

create function rfc3339(moment timestamptz) returns text language sql stable as $$
    select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

alter table pedidos
    -- Schedulings of this ciclo, failures and postponements alike: with ciclo it tells a current message from a stale copy.
    add column agendamento integer not null default 0 check (agendamento >= 0),
    -- The broker has confirmed the message that belongs to the row as it is.
    add column published boolean not null default false,
    -- False: of a tipo without order; it stands in no line.
    add column ordered boolean not null default true,
    -- A dead letter that its receiver waits for.
    add column held boolean not null default false check (not held or status = 'DEAD_LETTERED'),
    -- Accepted while the database was away: ordem is the time of acceptance.
    add column unnoted boolean not null default false,
    -- The worker that began to try a suspect pedido and has not said how it ended.
    add column begun text,
    -- The last failure of this ciclo, and when the first and the last one were.
    add column erro_classe text,
    add column erro_mensagem text,
    add column primeira_falha_em timestamptz,
    add column ultima_falha_em timestamptz,
    -- It stands in its receiver's line: those after it wait.
    add column in_line boolean not null
        generated always as (ordered and (status in ('PENDING', 'PROCESSING', 'RETRYING') or held)) stored;

update pedidos
set published = relay_at is null,
    relay_at = case
        when status in ('PENDING', 'PROCESSING', 'RETRYING') then coalesce(relay_at, now() + interval '1 minute')
        else relay_at
    end
where status in ('PENDING', 'PROCESSING', 'RETRYING', 'DEAD_LETTERED');

-- Who is the head of this receiver: the probe stays cheap however large the table grows.
create index pedidos_in_line on pedidos (recebedor_id, ordem, pedido_id) where in_line;
drop index pedidos_unfinished;
create index pedidos_dead on pedidos (ultima_falha_em, pedido_id) where status = 'DEAD_LETTERED';
