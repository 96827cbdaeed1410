package dev.pedidos.shared.config;

import java.util.function.Supplier;

/**
 * The broker of a fleet, and the fleet's place in it.
 *
 * @param uri with credentials: never logged
 * @param currentUri as {@code uri}, with its file read again
 * @param prefix precedes every exchange and queue name
 * @param declares true: declare exchanges and queues; false: only check that they exist
 */
public record BrokerConfig(String uri, Supplier<String> currentUri, String prefix, boolean declares) {

    static BrokerConfig from(Env env) {
        if (env.text(Settings.AMQP_URI).isEmpty()) {
            env.problem(Settings.AMQP_URI, "is missing: amqp://user:password@host:port/vhost");
        }
        String uri = env.parsed(Settings.AMQP_URI, "", text -> text);
        return new BrokerConfig(
                uri,
                env.reread(Settings.AMQP_URI, uri, text -> text),
                env.validOrDefault(Settings.PREFIX),
                env.onOff(Settings.DECLARE));
    }

    @Override
    public String toString() {
        return "BrokerConfig[prefix='" + prefix + "']";
    }
}
