package dev.pedidos.e2e.system;

import dev.pedidos.api.deadletter.DlqSweep;
import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.proof.laws.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** What the broker holds when all pedidos are final: one letter for each dead letter, and nothing else. */
final class QueueLaws {

    private static final String LETTERS = "pedidos_dlq";
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final TestSystem system;
    private final TestBroker broker;
    private final Duration patience;

    QueueLaws(TestSystem system, TestBroker broker, Duration patience) {
        this.system = system;
        this.broker = broker;
        this.patience = patience;
    }

    /** A letter may be on its way to the queue, an outdated message in a delay queue. */
    List<Verdict> check() throws Exception {
        var verdicts = new ArrayList<Verdict>();
        if (system.stores().prefix().isEmpty()
                && system.stores().managementUrl().isPresent()) {
            verdicts.add(awaitHolds(this::emptyQueues));
        }
        verdicts.add(awaitHolds(this::letters));
        return verdicts;
    }

    private Verdict awaitHolds(Callable<Verdict> look) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        var verdict = look.call();
        while (!verdict.holds() && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
            verdict = look.call();
        }
        return verdict;
    }

    private Verdict emptyQueues() throws Exception {
        List<String> left = new ArrayList<>();
        var queues = new VhostAdmin(system.stores()).queues();
        for (var queue : queues) {
            long ready = queue.equals(LETTERS) ? 0 : broker.ready(queue);
            if (ready > 0) {
                left.add(RootLocale.format("%s: %d ready", queue, ready));
            }
        }
        return new Verdict("queues-are-empty", queues.size() + " queues", left.size(), left);
    }

    private Verdict letters() throws Exception {
        removeOutdated();
        List<String> wrong = new ArrayList<>();
        var surplus = broker.letters();
        var dead = ids("select pedido_id from pedidos where status = 'DEAD_LETTERED' order by 1");
        for (var id : dead) {
            if (!surplus.remove(id)) {
                wrong.add(id + " is dead and has no letter");
            }
        }
        surplus.removeAll(ids("select external_id from operation_events where event_type = 'MENSAGEM_RECUSADA'"));
        surplus.forEach(id -> wrong.add(id + " has a letter and is not dead, or has two"));
        return new Verdict("every-dead-letter-is-in-its-queue", dead.size() + " dead letters", wrong.size(), wrong);
    }

    /** As a sweep of an API does. One that looks for the first time does not publish missing letters again. */
    private void removeOutdated() {
        var topology = Topology.withoutShards(
                system.stores().prefix().orElse(""), new RetryLadder(List.of(Duration.ofSeconds(1))));
        var letters = new DeadLetterQueue(new AmqpConnections(system.stores().amqpUri()), topology);
        Awaitility.await("a sweep").until(() -> new DlqSweep(letters, system.ledger()).run(), Optional::isPresent);
    }

    private List<String> ids(String query) {
        return system.ledger()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
