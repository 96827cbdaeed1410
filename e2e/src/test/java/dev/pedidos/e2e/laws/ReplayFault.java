package dev.pedidos.e2e.laws;

import java.util.stream.Stream;

/**
 * A row of the ledger of {@link ReplayTest} that is not as the events give it.
 *
 * @param projection must be found to differ, at this id
 * @param statements of the owner that make it
 */
record ReplayFault(String projection, String id, String what, String... statements) {
    @Override
    public String toString() {
        return projection + ": " + what;
    }

    static Stream<ReplayFault> all() {
        return Stream.of(
                new ReplayFault(
                        "pedidos",
                        "done",
                        "another state",
                        "update pedidos set status = 'PENDING' where pedido_id = 'done'"),
                new ReplayFault(
                        "pedidos",
                        "retried",
                        "another attempt",
                        "update pedidos set tentativas = 7 where pedido_id = 'retried'"),
                new ReplayFault(
                        "pedidos",
                        "dead",
                        "another failure",
                        "update pedidos set erro_classe = 'Other', ultima_falha_em = now() where pedido_id = 'dead'"),
                new ReplayFault(
                        "pedidos", "held", "not held", "update pedidos set held = false where pedido_id = 'held'"),
                new ReplayFault(
                        "pedidos",
                        "done",
                        "another place",
                        "update pedidos set ordem = ordem + 1 where pedido_id = 'done'"),
                new ReplayFault("pedidos", "undone", "a row is gone", "delete from pedidos where pedido_id = 'undone'"),
                new ReplayFault(
                        "pedidos",
                        "done",
                        "a content beside that of the event",
                        "update pedidos set payload = '{}' where pedido_id = 'done'"),
                new ReplayFault(
                        "reservas",
                        "done",
                        "a reservation is gone",
                        "delete from reservas where pedido_id = 'done' and sku = 'x'"),
                new ReplayFault(
                        "reservas",
                        "refused",
                        "a reservation of a refused one",
                        "insert into reservas (pedido_id, sku, quantidade) values ('refused', 'x', 1)"),
                new ReplayFault(
                        "estoque",
                        "x",
                        "stock out of nothing",
                        "update estoque set disponivel = disponivel + 1 where sku = 'x'"),
                new ReplayFault("estoque", "y", "a row is gone", "delete from estoque where sku = 'y'"),
                new ReplayFault(
                        "operations",
                        "op",
                        "another amount",
                        "update operations set valor_centavos = 1 where external_id = 'op'"),
                new ReplayFault("operations", "op", "a row is gone", "delete from operations where external_id = 'op'"),
                new ReplayFault(
                        "operation_outcomes",
                        "op",
                        "an outcome is gone",
                        "delete from operation_outcomes where external_id = 'op' and event_type = 'STARTED'"));
    }
}
