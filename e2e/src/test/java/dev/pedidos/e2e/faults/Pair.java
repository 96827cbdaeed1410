package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;

/** Two pedidos of one receiver, accepted one after the other; the test has taken their messages. */
record Pair(Message head, Message next) {

    static Pair accepted(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        return new Pair(
                Message.accepted(system, api, witness, Client.simulado("head", "rcb", "{}")),
                Message.accepted(system, api, witness, Client.simulado("next", "rcb", "{}")));
    }
}
