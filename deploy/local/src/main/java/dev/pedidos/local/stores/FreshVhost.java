package dev.pedidos.local.stores;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** A vhost made for one run; where the management API cannot make one, the same vhost and a prefix for every name. */
record FreshVhost(String amqpUri, Optional<String> prefix, Stop dropping) {
    static FreshVhost create(Stores servers, String name) throws IOException, InterruptedException {
        if (servers.managementUrl().isPresent()) {
            Address broker = Address.of(servers.amqpUri());
            Management management = new Management(servers.managementUrl().get(), broker.user(), broker.password());
            management.createVhost(name);
            if (opens(broker.with(name))) {
                return new FreshVhost(broker.with(name), Optional.empty(), () -> management.deleteVhost(name));
            }
            // The API that answered belongs to another broker than the one that AMQP_URI names.
            management.deleteVhost(name);
        }
        return new FreshVhost(servers.amqpUri(), Optional.of(name.replace('_', '-') + "-"), Stop.NOTHING);
    }

    static boolean opens(String amqpUri) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(amqpUri);
            if (factory.isSSL()) {
                // setUri alone trusts every certificate.
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
            factory.newConnection("pedidos-stores").close();
            return true;
        } catch (IOException | TimeoutException | URISyntaxException | GeneralSecurityException e) {
            return false;
        }
    }

    void drop() throws IOException, InterruptedException {
        dropping.run();
    }
}
