package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A vhost for one run; if the management API cannot create one, the same vhost with a prefix before every name. */
record FreshVhost(String amqpUri, Optional<String> prefix, Stop dropping) {
    static FreshVhost create(Broker server, String name) throws IOException, InterruptedException {
        if (server.managementUrl().isPresent()) {
            Address broker = Address.of(server.amqpUri());
            Management management = new Management(server.managementUrl().get(), broker.user(), broker.password());
            management.createVhost(name);
            if (opens(broker.with(name))) {
                return new FreshVhost(broker.with(name), Optional.empty(), () -> drop(management, name));
            }
            // The API that answered belongs to another broker than AMQP_URI names.
            management.deleteVhost(name);
        }
        return new FreshVhost(server.amqpUri(), Optional.of(name.replace('_', '-') + "-"), Stop.NOTHING);
    }

    static boolean opens(String amqpUri) {
        try {
            new AmqpConnections(amqpUri).open("pedidos-stores").close();
            return true;
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    private static void drop(Management management, String name) throws IOException, InterruptedException {
        try {
            management.deleteVhost(name);
        } catch (IOException e) {
            throw new IOException(RootLocale.format("The vhost %s could not be dropped: %s", name, e.getMessage()), e);
        }
    }

    void drop() throws IOException, InterruptedException {
        dropping.run();
    }
}
