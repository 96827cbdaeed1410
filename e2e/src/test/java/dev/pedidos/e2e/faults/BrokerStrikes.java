package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The broker returns messages, or an operator deletes them. */
public final class BrokerStrikes {

    private BrokerStrikes() {}

    /** The delay queue accepts no messages while a retry is published, and does so later. (Fault 26.) */
    public static void returnRetry(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        var worker = system.worker(TestSystem.DECLARING_NOTHING);
        try (var broker = system.broker()) {
            broker.unbindRetry("50ms");
            witness.send(List.of(api), 1, List.of(Client.simulado("retried", "rcb", "{\"falhas_transitorias\":1}")));
            Awaitility.await("the retry is published, or returned")
                    .until(() ->
                            system.count("select count(*) from pedidos where status = 'RETRYING' and published") == 1
                                    || worker.log().contains("no queue takes messages"));
            broker.bindRetry("50ms");
        }
    }

    /** No queue accepts the messages of new pedidos (basic.return, then basic.ack); later they do. (Fault 4.) */
    public static void returnEntry(TestSystem system, Witness witness) throws Exception {
        system.declareTopology();
        var api = system.api(TestSystem.DECLARING_NOTHING);
        Mix.stock(api);
        var bodies = Mix.of(6, 2);
        try (var broker = system.broker()) {
            broker.unbindShards(Strike.SHARDS);
            witness.send(List.of(api), 4, bodies);
            assertThat(witness.accepted()).isEqualTo(bodies.size());
            assertThat(broker.ready(Strike.SHARDS))
                    .as("messages that found a queue")
                    .isZero();
            broker.bindShards(Strike.SHARDS);
        }
        system.worker();
        system.passTimeForConfirms();
    }

    /** An operator purges the shards. (Fault 30.) */
    public static void purgeShards(TestSystem system, Witness witness) throws Exception {
        var often = Map.of("PEDIDOS_SIGN_OF_LIFE_MS", "1000");
        var api = system.api(often);
        Mix.stock(api);
        var bodies = Mix.of(6, 3);
        witness.send(List.of(api), 4, bodies);
        system.awaitCount("select count(*) from pedidos where published", bodies.size());
        try (var broker = system.broker()) {
            broker.awaitReady(Strike.SHARDS, bodies.size());
            // Again while there are any: on a busy machine the relay has published some a second time.
            Awaitility.await("the shards are empty").until(() -> {
                for (var shard : Strike.SHARDS) {
                    broker.purge(shard);
                }
                return broker.ready(Strike.SHARDS) == 0;
            });
        }
        system.worker(often);
        // As if they had waited for so long, and the relay had not looked at any.
        system.alter(
                "update pedidos set relay_at = only_as_head(), atualizado_em = atualizado_em - interval '16 seconds'");
    }
}
