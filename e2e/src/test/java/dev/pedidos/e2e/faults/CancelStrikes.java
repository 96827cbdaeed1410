package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.ArrayList;
import java.util.List;

/** Pedidos are cancelled. */
public final class CancelStrikes {

    private static final int PEDIDOS = 30;

    private CancelStrikes() {}

    /** Each pedido is cancelled before it arrives. */
    public static void cancelBeforeArrival(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        system.worker();
        cancelAll(new Client(api));
        system.awaitCount("select count(*) from pedidos where tipo = 'cancelamento' and status = 'COMPLETED'", PEDIDOS);
        witness.send(List.of(api), 8, bodies());
    }

    /** Each pedido is cancelled after it took effect. */
    public static void cancelAfterEffect(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        system.worker();
        witness.send(List.of(api), 8, bodies());
        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", PEDIDOS);
        cancelAll(new Client(api));
        system.awaitCount("select count(*) from pedidos where status = 'CANCELLED'", PEDIDOS);
    }

    private static void cancelAll(Client client) throws Exception {
        for (int i = 0; i < PEDIDOS; i++) {
            // 200: a worker has undone it already.
            assertThat(client.cancel("cancelled-" + i).status()).isIn(202, 200);
        }
    }

    private static List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < PEDIDOS; i++) {
            bodies.add(Client.pedido("cancelled-" + i, "rcb-" + i % 7, "plenty:2"));
        }
        return bodies;
    }
}
