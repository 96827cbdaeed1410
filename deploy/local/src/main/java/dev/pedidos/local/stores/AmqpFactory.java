package dev.pedidos.local.stores;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Leads to the broker of an AMQP URI. */
public final class AmqpFactory {

    private AmqpFactory() {}

    public static ConnectionFactory of(String amqpUri) throws IOException {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(amqpUri);
            if (factory.isSSL()) {
                // setUri alone trusts every certificate.
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
            return factory;
        } catch (GeneralSecurityException | URISyntaxException e) {
            throw new IOException("AMQP_URI cannot be used", e);
        }
    }
}
