package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** RabbitMQ in a container. */
record DockerRabbit(Docker docker, String container, Secrets secrets) {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final int AMQP = 5672;
    private static final int MANAGEMENT = 15672;
    private static final String START = "echo '" + RabbitNode.PLUGINS
            + "' >/etc/rabbitmq/enabled_plugins && exec docker-entrypoint.sh rabbitmq-server";

    Broker open() throws IOException, InterruptedException {
        String password = secrets.password("broker");
        if (!docker.runs(container)) {
            Map<String, String> settings = Map.of(
                    "RABBITMQ_DEFAULT_USER", RabbitNode.USER,
                    "RABBITMQ_DEFAULT_PASS", password,
                    "RABBITMQ_DEFAULT_VHOST", RabbitNode.VHOST);
            // The name of the node, and so the place of its data, depends on the host name.
            String options = RootLocale.format(
                    "--hostname pedidos -p 127.0.0.1::%d -p 127.0.0.1::%d -v %s:/var/lib/rabbitmq",
                    AMQP, MANAGEMENT, container);
            docker.run(container, settings, options, DockerServers.RABBITMQ, "sh", "-c", START);
        }
        String uri = RabbitNode.uri(password, docker.port(container, AMQP));
        String url = "http://127.0.0.1:" + docker.port(container, MANAGEMENT);
        Management management = new Management(url, RabbitNode.USER, password);
        // Docker accepts connections before the broker does: only an AMQP connection shows that it is up.
        Waiting.until(READY, () -> !docker.runs(container) || (management.answers() && FreshVhost.opens(uri)));
        if (!FreshVhost.opens(uri)) {
            throw DockerServers.notUp(container);
        }
        return new Broker(uri, Optional.of(url));
    }
}
