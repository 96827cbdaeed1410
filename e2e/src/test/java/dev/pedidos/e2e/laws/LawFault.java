package dev.pedidos.e2e.laws;

import dev.pedidos.tools.proof.laws.Law;
import dev.pedidos.tools.proof.laws.Needs;
import dev.pedidos.tools.proof.laws.OperationsLaw;
import java.util.stream.Stream;

/**
 * A fault in the ledger of {@link JudgedLedger}.
 *
 * @param law must be found broken; others may be as well
 * @param statements of the owner that make it
 */
record LawFault(String law, String what, String... statements) {
    static final String NO_TRIGGER = "alter table operation_events disable trigger all";
    static final String IDS_ARE_FREE = "alter table operation_events alter column id drop identity";
    static final String EFFECTS_OF_A1_AND_A2_SWAPPED = """
            update operation_events e
            set id = (select other.id from operation_events other
                      where other.event_type = 'COMPLETED'
                        and other.external_id = case e.external_id when 'a-1' then 'a-2' else 'a-1' end)
            where e.event_type = 'COMPLETED' and e.external_id in ('a-1', 'a-2')""";

    /** For 20 minutes, and later ones are done. */
    static final String STRANDED = "update pedidos set status = 'RETRYING', ordem = ordem - 1200000000,"
            + " atualizado_em = now() - interval '20 minutes', proxima_tentativa_em = now() - interval '19 minutes'";

    private static final String B1_CALLS_BACK = "update pedidos set callback_url = 'http://h/' where pedido_id = 'b-1'";
    private static final String WITHOUT_EVENT = "an operation out of nothing";

    @Override
    public String toString() {
        return law + ": " + what;
    }

    static Stream<LawFault> all() {
        return Stream.of(
                new LawFault(
                        "every-pedido-is-accounted-for",
                        "a row is gone",
                        "delete from pedidos where pedido_id = 'b-1'"),
                new LawFault(
                        "every-pedido-is-accounted-for",
                        "an acceptance is not on the record",
                        NO_TRIGGER,
                        "delete from operation_events where external_id = 'b-1' and event_type = 'ACCEPTED'"),
                new LawFault(
                        "one-effect",
                        "two effects of one pedido",
                        "drop index operation_events_one_effect",
                        "insert into operation_events (external_id, event_type, payload, payload_hash)"
                                + " values ('b-1', 'REJECTED', '{\"ciclo\":0,\"tentativa\":2}', '')"),
                new LawFault(
                        "estoque-adds-up",
                        "stock out of nothing",
                        "update estoque set disponivel = disponivel + 1 where sku = 'x'"),
                new LawFault(
                        "estoque-adds-up",
                        "reserved twice and inserted once",
                        "update estoque set disponivel = disponivel - 1, reservado = reservado + 1 where sku = 'x'"),
                new LawFault(
                        "estoque-adds-up",
                        "stock below zero",
                        "alter table estoque drop constraint estoque_disponivel_check",
                        "update estoque set disponivel = -1, reservado = reservado + disponivel + 1 where sku = 'x'"),
                new LawFault(
                        "estoque-was-never-below-zero",
                        "reserved before it was set",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update operation_events set id = id + 1000000 where external_id = 'estoque:x'"),
                new LawFault(
                        "reservas-are-those-of-completed-pedidos",
                        "one item of two was not reserved",
                        "delete from reservas where pedido_id = 'a-1' and sku = 'y'",
                        "update estoque set disponivel = disponivel + 1, reservado = reservado - 1 where sku = 'y'"),
                new LawFault(
                        "reservas-are-those-of-completed-pedidos",
                        "a refused pedido holds stock",
                        "insert into reservas (pedido_id, sku, quantidade) values ('a-3', 'x', 1)",
                        "update estoque set disponivel = disponivel - 1, reservado = reservado + 1 where sku = 'x'"),
                new LawFault(
                        "reservas-are-those-of-completed-pedidos",
                        "another quantity",
                        "update reservas set quantidade = 4 where pedido_id = 'a-2'"),
                new LawFault(
                        "order-per-recebedor",
                        "the second took effect first",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new LawFault(
                        "order-per-recebedor",
                        "an unfinished one was overtaken",
                        NO_TRIGGER,
                        "delete from operation_events where external_id = 'a-1' and event_type = 'COMPLETED'",
                        "update pedidos set status = 'PENDING' where pedido_id = 'a-1'"),
                new LawFault(
                        "order-per-recebedor",
                        "of two that were accepted without the database the second took effect first",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set unnoted = true where recebedor_id = 'a'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new LawFault(
                        "order-per-recebedor",
                        "of two that were inserted together after the database was down the second took effect first",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set unnoted = true, noted_in = '900', noted_after = '900' where recebedor_id = 'a'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new LawFault(
                        "order-per-recebedor",
                        "one that was inserted overtook one that had been inserted from the open queue before it came",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set unnoted = true where pedido_id = 'a-1'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new LawFault(
                        "order-per-recebedor",
                        "overtaken in the cluster that the ledger was restored from",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set noted_by = 1 where recebedor_id = 'a'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new LawFault(
                        "order-per-recebedor",
                        "of those that were overtaken by their place neither the first place nor the first insert is one",
                        NO_TRIGGER,
                        "delete from operation_events where external_id = 'b-1' and event_type = 'COMPLETED'",
                        "update pedidos set recebedor_id = 'a', status = 'PENDING' where pedido_id = 'b-1'",
                        """
                        update pedidos p
                        set unnoted = p.pedido_id = 'a-1', ordem = place.ordem, noted_in = place.noted_in::text::xid8,
                            noted_after = place.noted_after::text::xid8
                        from (values ('a-1', 1000, 50, 50), ('a-2', 1, 900, 0), ('a-3', 2000, 1, 0), ('b-1', 500, 40, 0))
                            as place (pedido_id, ordem, noted_in, noted_after)
                        where p.pedido_id = place.pedido_id"""),
                new LawFault(
                        "what-was-cancelled-has-no-effect",
                        "a cancelled pedido is COMPLETED",
                        "insert into cancelamentos (pedido_id, por) values ('b-1', 'a-1')"),
                new LawFault(
                        "what-was-cancelled-has-no-effect",
                        "undone, and nobody cancelled it",
                        "update pedidos set status = 'CANCELLED' where pedido_id = 'b-1'"),
                new LawFault(
                        "replay", "another state", "update pedidos set status = 'DISCARDED' where pedido_id = 'b-1'"),
                new LawFault("replay", "another ciclo", "update pedidos set ciclo = 1 where pedido_id = 'b-1'"),
                new LawFault(
                        "replay", "an attempt too many", "update pedidos set tentativas = 3 where pedido_id = 'c-1'"),
                new LawFault("replay", "another motivo", "update pedidos set motivo = 'X' where pedido_id = 'c-2'"),
                new LawFault("replay", "another result", "update pedidos set resultado = '{}' where pedido_id = 'a-3'"),
                new LawFault(
                        "attempts-recorded-are-attempts-made",
                        "a failure that is not on the record",
                        NO_TRIGGER,
                        "delete from operation_events where external_id = 'c-1' and event_type = 'RETRY_SCHEDULED'"),
                new LawFault(
                        "attempts-wait-their-time",
                        "tried an hour too early",
                        NO_TRIGGER,
                        "update operation_events set payload = payload || jsonb_build_object('proxima_tentativa_em',"
                                + " now() + interval '1 hour') where external_id = 'c-1' and event_type = 'RETRY_SCHEDULED'"),
                new LawFault(
                        "nothing-parked-behind-a-finished-head",
                        "parked, and nobody before it",
                        "update pedidos set atualizado_em = now() - interval '2 minutes' where recebedor_id = 'a'",
                        "update pedidos set status = 'PENDING', parked = true where pedido_id = 'a-3'"),
                new LawFault(
                        "nothing-stranded",
                        "a head that nobody knows of, and nothing moves",
                        NO_TRIGGER,
                        "update operation_events set occurred_at = occurred_at - interval '20 minutes'",
                        "update pedidos set atualizado_em = now() - interval '20 minutes'",
                        "update pedidos set status = 'PENDING', relay_at = null where pedido_id = 'b-1'"),
                new LawFault(
                        "nothing-stranded",
                        "a retry that does not come back while later ones are done",
                        STRANDED + ", relay_at = null where pedido_id = 'b-1'"),
                new LawFault(
                        "nothing-parked-behind-a-finished-head",
                        "parked behind one of a tipo without order",
                        "update pedidos set atualizado_em = now() - interval '2 minutes' where recebedor_id = 'a'",
                        "update pedidos set status = 'PENDING', ordered = false where pedido_id = 'a-1'",
                        "update pedidos set status = 'PENDING', parked = true where pedido_id = 'a-3'"),
                new LawFault(
                        "nothing-stranded",
                        "forgotten behind one of a tipo without order",
                        "update pedidos set status = 'PENDING', ordered = false, ordem = ordem - 1300000000 where pedido_id = 'a-1'",
                        STRANDED + ", relay_at = null where pedido_id = 'a-2'"),
                new LawFault(
                        "nothing-stranded",
                        "one of a tipo without order is forgotten",
                        "update pedidos set status = 'PENDING', ordem = ordem - 1300000000 where pedido_id = 'a-1'",
                        STRANDED + ", relay_at = null, ordered = false where pedido_id = 'a-2'"),
                new LawFault(
                        "nothing-stranded",
                        "nobody calls one that waits for a call",
                        STRANDED + ", relay_at = 'infinity' where pedido_id = 'b-1'"),
                new LawFault("a-task-has-its-items", "one of its items is gone", "update tasks set total = total + 1"),
                new LawFault("a-task-has-its-items", "an end was not counted", "update tasks set feitos = feitos - 1"),
                new LawFault("every-end-has-its-webhook", "a client was not told", B1_CALLS_BACK),
                new LawFault(
                        "every-end-has-its-webhook",
                        "a client was told twice",
                        B1_CALLS_BACK,
                        "insert into webhooks (tipo, pedido_id, url, endpoint, corpo)"
                                + " select 'pedido.completed', 'b-1', 'http://h/', 'http://h:80', '{}' from generate_series(1, 2)"),
                new LawFault(
                        "every-end-has-its-webhook",
                        "a client was told of an end that was none",
                        "insert into webhooks (tipo, pedido_id, url, endpoint, corpo)"
                                + " values ('pedido.rejected', 'b-1', 'http://h/', 'http://h:80', '{}')"),
                new LawFault(
                        "new-events-come-last",
                        "moved without its sequence",
                        "alter table operation_events alter column id restart"),
                new LawFault(
                        OperationsLaw.NAME,
                        "another amount",
                        "update operations set valor_centavos = 501 where external_id = 'op'"),
                new LawFault(
                        OperationsLaw.NAME,
                        "an event applied that was refused",
                        "update operation_outcomes set estado = 'APPLIED', motivo = null where estado = 'REFUSED'"),
                new LawFault(
                        OperationsLaw.NAME,
                        "an outcome is gone",
                        "delete from operation_outcomes where event_type = 'STARTED'"),
                new LawFault(
                        OperationsLaw.NAME,
                        "an event is gone",
                        NO_TRIGGER,
                        "delete from operation_events where event_type = 'OPERACAO_STARTED'"),
                new LawFault(OperationsLaw.NAME, "a row is gone", "delete from operations where external_id = 'op'"),
                new LawFault(
                        OperationsLaw.NAME,
                        WITHOUT_EVENT,
                        "insert into operations (external_id, ordem, recebedor_id, status, version, valor_centavos)"
                                + " values ('none', 1, 'none', 'PENDING', 1, 1)"));
    }

    /** All but what only the whole ledger shows, and a row that no event is about. */
    static Stream<LawFault> ofWhatHasChanged() {
        var needTheWholeLedger = Law.ALL.stream()
                .filter(law -> law.needs() == Needs.THE_WHOLE_LEDGER)
                .map(Law::name)
                .toList();
        return all().filter(fault -> !needTheWholeLedger.contains(fault.law()))
                .filter(fault -> !fault.what().equals(WITHOUT_EVENT));
    }
}
