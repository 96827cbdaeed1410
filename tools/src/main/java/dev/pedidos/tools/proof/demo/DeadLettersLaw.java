package dev.pedidos.tools.proof.demo;

import com.rabbitmq.client.GetResponse;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.proof.laws.Verdict;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The dead pedidos of the ledger and the refused messages are in the queue of dead letters: compared as sets of ids.
 */
public final class DeadLettersLaw {
    private static final String LAW = "every-dead-letter-is-in-its-queue";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final String EXPECTED = """
            select pedido_id from pedidos where status = 'DEAD_LETTERED'
            union all
            select external_id from operation_events where event_type = 'MENSAGEM_RECUSADA'""";

    private final String amqpUri;
    private final Topology topology;

    public DeadLettersLaw(String amqpUri, Topology topology) {
        this.amqpUri = amqpUri;
        this.topology = topology;
    }

    /**
     * Waits for letters that are on their way.
     *
     * @param poison number of poison messages that were sent
     */
    public Verdict check(Connection ledger, int poison) throws IOException, SQLException, InterruptedException {
        long start = System.nanoTime();
        var verdict = look(ledger, poison);
        while (!verdict.holds() && System.nanoTime() - start < PATIENCE.toNanos()) {
            Thread.sleep(LOOK_EVERY);
            verdict = look(ledger, poison);
        }
        return verdict;
    }

    private Verdict look(Connection ledger, int poison) throws IOException, SQLException {
        Set<String> expected = expected(ledger);
        Set<String> found = found();
        List<String> wrong = new ArrayList<>();
        expected.stream()
                .filter(id -> !found.contains(id))
                .forEach(id -> wrong.add(id + " is dead and not in " + topology.deadLetterQueue()));
        found.stream()
                .filter(id -> !expected.contains(id))
                .forEach(id -> wrong.add(id + " is in " + topology.deadLetterQueue() + " and not dead"));
        long refused =
                expected.stream().filter(id -> id.startsWith("mensagem:")).count();
        if (refused != poison) {
            wrong.add(RootLocale.format("%d poison messages were sent, %d are recorded", poison, refused));
        }
        return new Verdict(
                LAW,
                RootLocale.format("%d letters, %d of them poison messages", found.size(), refused),
                wrong.size(),
                wrong.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }

    private static Set<String> expected(Connection ledger) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (var statement = ledger.createStatement();
                var rows = statement.executeQuery(EXPECTED)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /**
     * All letters are given back with one nack before the connection ends, because of a fault of the broker: decision
     * 0016.
     */
    private Set<String> found() throws IOException {
        try (var connection = new AmqpConnections(amqpUri).open("pedidos-demo");
                var channel = connection.createChannel()) {
            Set<String> ids = new HashSet<>();
            long last = 0;
            for (GetResponse letter = channel.basicGet(topology.deadLetterQueue(), false);
                    letter != null;
                    letter = channel.basicGet(topology.deadLetterQueue(), false)) {
                ids.add(String.valueOf(letter.getProps().getMessageId()));
                last = letter.getEnvelope().getDeliveryTag();
            }
            if (last > 0) {
                channel.basicNack(last, true, true);
            }
            return ids;
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer in time", e);
        }
    }
}
