-- What operators do about dead letters and held receivers.

-- Those that were given up before V2 have their failure in the event alone.
update pedidos p
set erro_classe = coalesce(e.payload ->> 'erro_classe', 'unknown'),
    erro_mensagem = e.payload ->> 'erro_mensagem',
    primeira_falha_em = coalesce(p.primeira_falha_em, e.occurred_at),
    ultima_falha_em = e.occurred_at
from operation_events e
where p.status = 'DEAD_LETTERED' and p.ultima_falha_em is null
  and e.external_id = p.pedido_id and e.event_type = 'DEAD_LETTERED';

create index pedidos_held on pedidos (recebedor_id, ordem, pedido_id) where held;

-- What GET /dlq answers of a dead letter.
create view dead_letter_answers as
select
    p.pedido_id,
    p.motivo,
    p.erro_classe,
    p.tipo,
    p.recebedor_id,
    p.ultima_falha_em,
    json_build_object(
        'pedido_id', p.pedido_id,
        'tipo', p.tipo,
        'recebedor_id', p.recebedor_id,
        'motivo', p.motivo,
        'erro_classe', p.erro_classe,
        'erro_mensagem', p.erro_mensagem,
        'tentativas', p.tentativas,
        'ciclo', p.ciclo,
        'retido', p.held,
        'primeira_falha_em', rfc3339(p.primeira_falha_em),
        'ultima_falha_em', rfc3339(p.ultima_falha_em))::text as answer
from pedidos p
where p.status = 'DEAD_LETTERED';

-- Dead letters that an operator chose to redrive: what is chosen is frozen when it is asked for.
create table redrives (
    id           uuid primary key default gen_random_uuid(),
    por          text not null,
    filter       jsonb not null,
    por_segundo  integer not null check (por_segundo > 0),
    selecionados integer not null,
    created      timestamptz not null default clock_timestamp(),
    -- When the next few are to be redriven, whoever does it: this keeps the rate.
    next_at      timestamptz not null default clock_timestamp(),
    finished     timestamptz
);
create index redrives_running on redrives (next_at) where finished is null;

create table redrive_items (
    redrive_id uuid not null references redrives,
    -- In the order of acceptance.
    place      integer not null,
    pedido_id  text collate "C" not null,
    ciclo      integer not null,
    look_at    timestamptz not null default clock_timestamp(),
    -- Redriven, or found to be no dead letter of that ciclo any more.
    done_at    timestamptz,
    primary key (redrive_id, place)
);
create index redrive_items_left on redrive_items (redrive_id, place) where done_at is null;

grant select on dead_letter_answers to "${app_role}";
grant select, insert, update on redrives, redrive_items to "${app_role}";
