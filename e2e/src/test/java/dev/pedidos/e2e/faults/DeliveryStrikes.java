package dev.pedidos.e2e.faults;

import com.rabbitmq.client.Delivery;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;

/** Messages are delivered in any order, repeatedly, or after a clock has stepped back. */
public final class DeliveryStrikes {

    /** The repeated delivery ends before the next attempt is due, on a busy machine too. */
    private static final Map<String, String> LATE_RETRIES =
            Map.of("PEDIDOS_RETRY_BASE_MS", "20000", "PEDIDOS_RETRY_MAX_MS", "20000");

    private DeliveryStrikes() {}

    /** No fault: a mix of pedidos. */
    public static void nothing(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        system.worker();
        witness.send(List.of(api), 8, Mix.of(12, 8));
    }

    /**
     * Messages arrive in any order and more than once, and two of one receiver are worked on at the same time, as
     * after hand-overs, lost confirms and with two owners of a shard. (Faults 21, 22.)
     */
    public static void jumble(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        var bodies = Mix.of(12, 8);
        witness.send(List.of(api), 1, bodies);
        try (var broker = system.broker()) {
            broker.awaitReady(Strike.SHARDS, bodies.size());
            List<Delivery> messages = new ArrayList<>(broker.take(Strike.SHARDS, bodies.size()));
            messages.addAll(messages.subList(0, messages.size() / 2));
            var random = new Random(1);
            Collections.shuffle(messages, random);
            for (var message : messages) {
                broker.put(Strike.SHARDS.get(random.nextInt(Strike.SHARDS.size())), message);
            }
        }
        system.worker();
    }

    /** A pedido's first message is delivered again while it waits for its next attempt. (Fault 21.) */
    public static void repeatWhileRetrying(TestSystem system, Witness witness) throws Exception {
        var api = system.api(LATE_RETRIES);
        var message = Message.accepted(
                system, api, witness, Client.simulado("retried", "rcb", "{\"falhas_transitorias\":1}"));
        var worker = system.worker(LATE_RETRIES);
        message.put(Strike.SHARDS.get(0));
        system.awaitCount("select count(*) from pedidos where status = 'RETRYING'", 1);
        message.put(Strike.SHARDS.get(1));
        Awaitility.await("both deliveries have ended").until(() -> worker.metric("pedidos_endings_total") >= 2);
    }

    /**
     * A parked pedido fails when its turn comes. While it waits for its next attempt, the message of the one before it is
     * delivered again, and the worker looks for a parked head. (Fault 21.)
     */
    public static void repeatWhileAParkedOneRetries(TestSystem system, Witness witness) throws Exception {
        var api = system.api(LATE_RETRIES);
        var head = Message.accepted(system, api, witness, Client.simulado("head", "rcb", "{}"));
        var parked =
                Message.accepted(system, api, witness, Client.simulado("parked", "rcb", "{\"falhas_transitorias\":1}"));
        var worker = system.worker(LATE_RETRIES);
        parked.put(Strike.SHARDS.get(0));
        system.awaitCount("select count(*) from pedidos where parked", 1);
        head.put(Strike.SHARDS.get(0));
        system.awaitCount("select count(*) from pedidos where status = 'RETRYING'", 1);
        head.put(Strike.SHARDS.get(0));
        Awaitility.await("parked, finished, failed, and delivered again")
                .until(() -> worker.metric("pedidos_endings_total") >= 4);
    }

    /** The database's clock steps back by an hour between two pedidos of one receiver. */
    public static void clockStepsBack(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        witness.send(List.of(api), 1, List.of(Client.simulado("elder", "rcb", "{}")));
        system.alter("update pedidos set ordem = ordem + 3600000000");
        witness.send(List.of(api), 1, List.of(Client.simulado("younger", "rcb", "{}")));
        system.worker();
    }
}
