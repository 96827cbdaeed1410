package dev.pedidos.e2e.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.broker.DeadLetterQueue.QueueSwept;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.ledger.deadletter.DlqSnapshot;
import dev.pedidos.shared.text.RootLocale;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More dead letters than one channel holds. */
class LongDlqTest {
    private static final String QUEUE = "pedidos_dlq";
    private static final int LETTERS = 23_000;

    private TestSystem system;
    private TestBroker broker;
    private DeadLetterQueue queue;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start("long-dlq", Map.of());
        broker = system.broker();
        var topology = system.declareTopology();
        var connections = new AmqpConnections(system.stores().amqpUri());
        queue = new DeadLetterQueue(connections, topology);
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
        system.close();
    }

    @Test
    void secondCopiesBehindAllLettersAreRemovedAndTheLettersKeepTheirOrder() throws Exception {
        var ids = die();
        broker.putLetters(ids);
        broker.putLetters(ids);

        var swept = sweep();
        assertThat(swept.lookedAt()).isEqualTo(2 * LETTERS);
        assertThat(swept.removed()).isEqualTo(LETTERS);
        assertThat(swept.complete()).isTrue();
        awaitReady(LETTERS);
        assertThat(broker.letters().equals(ids)).as("the same order").isTrue();
    }

    @Test
    void lettersBehindManyTrueOnesAreRemovedAfterTheirRedrive() throws Exception {
        var ids = die();
        broker.putLetters(ids);
        system.alter("update pedidos set status = 'PENDING', ciclo = 1, motivo = null where pedido_id = '"
                + ids.getLast() + "'");

        assertThat(sweep().removed()).isEqualTo(1);
        awaitReady(LETTERS - 1);
    }

    private QueueSwept sweep() throws Exception {
        try (var snapshot = DlqSnapshot.tryBegin(system.ledger()).orElseThrow()) {
            return queue.sweep(snapshot::stale);
        }
    }

    private void awaitReady(int letters) {
        Awaitility.await("letters in the queue").until(() -> broker.ready(QUEUE) == letters);
    }

    private List<String> die() {
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, motivo, payload,"
                + " payload_hash, published) select 'p' || to_char(n, 'FM000000'), n + 1, 'pedido', 'rcb-' || n, 'web',"
                + " 'DEAD_LETTERED', 'FALHA_PERMANENTE', '{}', '', true from generate_series(0, " + (LETTERS - 1)
                + ") n");
        return IntStream.range(0, LETTERS)
                .mapToObj(n -> RootLocale.format("p%06d", n))
                .toList();
    }
}
