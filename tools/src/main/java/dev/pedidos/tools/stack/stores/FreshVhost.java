package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.broker.AmqpConnections;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A vhost for one run; if the management API cannot create one, the same vhost with a prefix before every name. */
record FreshVhost(String amqpUri, Optional<String> prefix, Stop dropping) {
    static FreshVhost create(Stores servers, String name) throws IOException, InterruptedException {
        if (servers.managementUrl().isPresent()) {
            Address broker = Address.of(servers.amqpUri());
            Management management = new Management(servers.managementUrl().get(), broker.user(), broker.password());
            management.createVhost(name);
            if (opens(broker.with(name))) {
                return new FreshVhost(broker.with(name), Optional.empty(), () -> management.deleteVhost(name));
            }
            // The API that answered belongs to another broker than AMQP_URI names.
            management.deleteVhost(name);
        }
        return new FreshVhost(servers.amqpUri(), Optional.of(name.replace('_', '-') + "-"), Stop.NOTHING);
    }

    static boolean opens(String amqpUri) {
        try {
            new AmqpConnections(amqpUri).open("pedidos-stores").close();
            return true;
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    void drop() throws IOException, InterruptedException {
        dropping.run();
    }
}
