package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** An id is sent with more than one content. */
public final class ConflictStrikes {

    private static final String COMPLETED = "select count(*) from pedidos where status = 'COMPLETED'";

    private ConflictStrikes() {}

    /** A second content of an id arrives as a message after the first one is finished. (Fault 10.) */
    public static void conflictByMessage(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        var first = Message.accepted(system, api, witness, Client.pedido("two", "rcb", "plenty:1"));
        var worker = system.worker();
        first.put(Strike.SHARDS.getFirst());
        system.awaitCount(COMPLETED, 1);
        String other = new String(first.delivery().getBody(), StandardCharsets.UTF_8)
                .replace("\"quantidade\":1", "\"quantidade\":2");
        witness.wasToldAccepted(other);
        try (var broker = system.broker()) {
            broker.put(
                    Strike.SHARDS.getFirst(), first.delivery().getProperties(), other.getBytes(StandardCharsets.UTF_8));
        }
        Awaitility.await("both deliveries have ended").until(() -> worker.metric("pedidos_endings_total") >= 2);
    }

    /** Every id is sent twice, with two contents, at the same time; and later with a third one. (Fault 10.) */
    public static void conflict(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        system.worker();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            bodies.add(Client.pedido("two-" + i, "rcb-" + i % 7, "plenty:1"));
            bodies.add(Client.pedido("two-" + i, "rcb-" + i % 7, "plenty:2"));
        }
        witness.send(List.of(api), 8, bodies);
        List<String> late = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            late.add(Client.pedido("two-" + i, "rcb-" + i % 7, "plenty:3"));
        }
        witness.send(List.of(api), 8, late);
    }
}
