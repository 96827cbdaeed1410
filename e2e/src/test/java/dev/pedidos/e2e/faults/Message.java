package dev.pedidos.e2e.faults;

import com.rabbitmq.client.Delivery;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.List;

/** The message of an accepted pedido, taken by the test. */
record Message(TestSystem system, Delivery delivery) {

    static Message accepted(TestSystem system, TestProgram api, Witness witness, String body) throws Exception {
        witness.send(List.of(api), 1, List.of(body));
        try (var broker = system.broker()) {
            broker.awaitReady(Strike.SHARDS, 1);
            return new Message(system, broker.take(Strike.SHARDS, 1).getFirst());
        }
    }

    void put(String shard) throws Exception {
        try (var broker = system.broker()) {
            broker.put(shard, delivery);
        }
    }
}
