package dev.pedidos.shared.runtime;

import java.net.URI;
import java.time.Duration;

/**
 * What API and workers of one fleet have in common.
 *
 * @param amqpUri with credentials: never logged
 * @param prefix before every exchange and queue name
 * @param declares exchanges and queues, or only looks for them
 * @param shards what the environment asks for; the count stored in the database wins
 * @param signOfLife after which a published pedido is looked at, if nothing was heard of it
 * @param onDeadLetter hold or continue
 * @param ordering receiver or none
 * @param drain how long a stop may take
 */
public record FleetConfig(
        String amqpUri,
        DatabaseUrl database,
        DatabaseUrl databaseAdmin,
        String prefix,
        boolean declares,
        int shards,
        Duration retryBase,
        Duration retryMax,
        Duration signOfLife,
        PerTipo onDeadLetter,
        PerTipo ordering,
        Duration drain) {

    public static FleetConfig from(Env env) {
        if (env.text(Settings.AMQP_URI).isEmpty()) {
            env.problem(Settings.AMQP_URI, "is missing: amqp://user:password@host:port/vhost");
        }
        String amqp = env.parsed(
                Settings.AMQP_URI, "", "must be amqp:// or amqps:// with a host", FleetConfig::checkedAmqpUri);
        var database = DatabaseConfig.from(env);
        String prefix = env.validOrDefault(Settings.PREFIX);
        int base = env.integer(Settings.RETRY_BASE_MS);
        int max = env.integer(Settings.RETRY_MAX_MS);
        if (max < base) {
            env.problem(Settings.RETRY_MAX_MS, "must not be less than " + Settings.RETRY_BASE_MS.name());
        }
        return new FleetConfig(
                amqp,
                database.programs(),
                database.owner(),
                prefix,
                env.onOff(Settings.DECLARE),
                env.integer(Settings.SHARDS),
                Duration.ofMillis(base),
                Duration.ofMillis(Math.max(base, max)),
                Duration.ofMillis(env.integer(Settings.SIGN_OF_LIFE_MS)),
                env.perTipo(Settings.ON_DEAD_LETTER),
                env.perTipo(Settings.ORDERING),
                Duration.ofMillis(env.integer(Settings.DRAIN_MS)));
    }

    private static String checkedAmqpUri(String text) {
        var uri = URI.create(text);
        if (uri.getHost() == null || !("amqp".equals(uri.getScheme()) || "amqps".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("not an AMQP URI");
        }
        return text;
    }

    @Override
    public String toString() {
        return "FleetConfig[" + database + ", prefix='" + prefix + "', shards=" + shards + "]";
    }
}
