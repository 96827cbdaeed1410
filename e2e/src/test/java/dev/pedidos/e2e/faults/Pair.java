package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;

/**
 * Two pedidos of one receiver, accepted one after the other; the test has taken their messages. Their handler does not wait: they
 * stay on the threads of their shards.
 */
record Pair(Message head, Message next) {

    static Pair accepted(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        return new Pair(
                Message.accepted(system, api, witness, Client.pedido("head", "rcb", "plenty:1")),
                Message.accepted(system, api, witness, Client.pedido("next", "rcb", "plenty:1")));
    }
}
