-- A page of a list costs the same however large the table is: for every combination of filters there is an index in which
-- its rows lie one after the other. tipo and status have few values: a list that leaves them open takes a page of each and
-- puts them together, so two indexes serve all. They take the place of two others: a pedido costs no more writes.
create index pedidos_of_tipo on pedidos (tipo, status, ordem, pedido_id);
drop index pedidos_newest;
create index pedidos_of_recebedor_and_tipo on pedidos (recebedor_id, tipo, status, ordem, pedido_id);
drop index pedidos_of_recebedor;

-- The same for dead letters, whose causes are few too. Only dead letters are in it.
create index pedidos_dead_of_cause on pedidos (motivo, erro_classe, tipo, ultima_falha_em, pedido_id)
    where status = 'DEAD_LETTERED';
create index pedidos_dead_of_recebedor on pedidos (recebedor_id, motivo, erro_classe, tipo, ultima_falha_em, pedido_id)
    where status = 'DEAD_LETTERED';

-- To be counted without reading all that stand in a line.
create index pedidos_parked on pedidos (recebedor_id) where parked and in_line;

-- What GET /dlq answers of a pedido that is a dead letter. Which are, whoever asks has found out by an index of its own: a condition
-- here would have a plan for an empty table look for one row in all dead letters.
create or replace view dead_letter_answers as
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
from pedidos p;

-- A pedido's refusals, of which there may be many from before they had a bound.
create index operation_events_conflicts on operation_events (external_id, id) where event_type = 'CONFLICT';
