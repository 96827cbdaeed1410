package dev.pedidos.worker.simulado;

import dev.pedidos.shared.message.BuiltInTipos;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.runtime.WallClock;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.worker.handler.Calls;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import dev.pedidos.worker.handler.TransientFailure;
import dev.pedidos.worker.handler.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Does what {@code dados} says: {@code demora_ms} sleeps, {@code falha_permanente} fails for good,
 * {@code falhas_transitorias: n} fails the first n attempts, {@code derrubar_worker: n} halts the JVM on the first n
 * deliveries. {@code chama: "erp"} makes a call of that name, which takes {@code demora_ms}; {@code resultado} says when it began.
 */
public final class SimuladoHandler implements PreparedLotHandler {

    private static final int HALTED = 137;

    /**
     * The row says which delivery this is. The first delivery, and one after a failed attempt, is tried without a mark; one after
     * the end of a worker with a mark. From the second end on each finds the mark of a dead worker, which counts as an attempt.
     */
    private record Row(int tentativas, boolean marked) {
        int delivery() {
            return tentativas + (marked ? 2 : 1);
        }
    }

    private record Called(long beganMicros) implements Preparation {}

    @Override
    public String tipo() {
        return BuiltInTipos.SIMULADO;
    }

    @Override
    public Preparation prepare(Pedido pedido, Calls calls) throws Exception {
        long millis = number(pedido, "demora_ms");
        var dados = pedido.dados();
        String dependency = dados == null ? "" : dados.path("chama").asString("");
        if (!dependency.isEmpty()) {
            return calls.call(dependency, () -> call(millis));
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        return Preparation.NONE;
    }

    private static Preparation call(long millis) throws InterruptedException {
        long began = WallClock.micros();
        TimeUnit.MILLISECONDS.sleep(millis);
        return new Called(began);
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws TransientFailure, PermanentFailure {
        return outcome(pedido, preparation, rows(List.of(pedido), tx));
    }

    @Override
    public List<Outcome> applyLot(List<Prepared> lot, Handle tx) throws TransientFailure, PermanentFailure {
        var rows = rows(lot.stream().map(Prepared::pedido).toList(), tx);
        List<Outcome> outcomes = new ArrayList<>();
        for (var one : lot) {
            outcomes.add(outcome(one.pedido(), one.preparation(), rows));
        }
        return outcomes;
    }

    /** By pedido_id. */
    private static Map<String, Row> rows(List<Pedido> pedidos, Handle tx) {
        return tx.createQuery(
                        "select pedido_id, tentativas, begun is not null as marked from pedidos where pedido_id = any (:ids)")
                .bindArray("ids", String.class, (Object[])
                        pedidos.stream().map(Pedido::pedidoId).toArray(String[]::new))
                .map((columns, context) -> Map.entry(
                        columns.getString("pedido_id"),
                        new Row(columns.getInt("tentativas"), columns.getBoolean("marked"))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Outcome outcome(Pedido pedido, Preparation preparation, Map<String, Row> rows)
            throws TransientFailure, PermanentFailure {
        var dados = pedido.dados();
        if (dados != null && dados.path("falha_permanente").asBoolean(false)) {
            throw new PermanentFailure("falha permanente simulada");
        }
        var row = Objects.requireNonNull(rows.get(pedido.pedidoId()), "its row is locked");
        if (row.delivery() <= number(pedido, "derrubar_worker")) {
            Runtime.getRuntime().halt(HALTED);
        }
        if (row.tentativas() < number(pedido, "falhas_transitorias")) {
            throw new TransientFailure(RootLocale.format("falha transitória simulada %d", row.tentativas() + 1));
        }
        return new Outcome.Completed(
                preparation instanceof Called(long beganMicros)
                        ? JsonNodeFactory.instance.objectNode().put("chamado_em_us", beganMicros)
                        : null);
    }

    /** It has no effect, so there is nothing to undo. */
    @Override
    public Undo undo(Pedido pedido, @Nullable JsonNode resultado, Handle tx) {
        return new Undo.Undone(null);
    }

    private static long number(Pedido pedido, String name) {
        var dados = pedido.dados();
        return dados == null ? 0 : dados.path(name).asLong(0);
    }
}
