package dev.pedidos.e2e.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(4)
class MissingLettersTest {

    private static final int LETTERS = 40;
    private static final String QUEUE = "pedidos_dlq";
    /** A mistyped pedidos_queue. */
    private static final String MISTYPED = "pedidos_quue";

    private TestSystem system;
    private TestProgram one;
    private TestProgram other;
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void letLettersDie() throws Exception {
        system = TestSystem.start("missing-letters", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
        one = system.api();
        other = system.api();
        system.worker();
        var client = new Client(one);
        for (int i = 0; i < LETTERS; i++) {
            ids.add("letter-" + i);
            client.post(Client.simulado("letter-" + i, "rcb-" + i, "{\"falha_permanente\":true}"));
        }
        system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED' and published", LETTERS);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void purgedOrMovedLettersAreInTheirQueueAgainOnceEach() throws Exception {
        try (var broker = system.broker()) {
            broker.declare(MISTYPED);
            try (var noSweeps = system.withoutSweeps()) {
                Awaitility.await("all of them").until(() -> broker.ready(QUEUE) == LETTERS);
                for (var letter : broker.take(List.of(QUEUE), LETTERS / 2)) {
                    broker.put(MISTYPED, letter);
                }
                broker.purge(QUEUE);
            }
            Awaitility.await("the letters").until(() -> broker.ready(QUEUE) == LETTERS);
            broker.awaitLetters(ids);
            assertThat(publishedAgain()).isEqualTo(LETTERS);
            assertThat(system.count("select count(*) from pedidos where status = 'DEAD_LETTERED' and ciclo = 0"))
                    .isEqualTo(LETTERS);
        }
    }

    private double publishedAgain() throws Exception {
        return publishedAgain(one) + publishedAgain(other);
    }

    private static double publishedAgain(TestProgram api) throws Exception {
        return new Client(api)
                .text("/metrics")
                .lines()
                .filter(line -> line.startsWith("pedidos_letters_missing_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
