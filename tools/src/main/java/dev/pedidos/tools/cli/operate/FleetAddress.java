package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.stack.home.RunEnv;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The addresses and the prefix of one fleet: never the broker of one with the ledger of another. */
public record FleetAddress(String amqp, String database, String prefix) {

    private static final Duration ANY_DELAY = Duration.ofSeconds(1);

    /**
     * The fleet of the environment, otherwise the one that runs here.
     *
     * @param running the variables of {@code run/env}; they need not have the prefix
     */
    public static FleetAddress of(Env env, Map<String, String> running) throws Failed {
        var amqp = env.text(Settings.AMQP_URI);
        var database = env.text(Settings.DATABASE_URL);
        boolean isOfUp = Stream.of(Settings.AMQP_URI, Settings.DATABASE_URL)
                .allMatch(setting -> env.text(setting)
                        .map(given -> given.equals(running.get(setting.name())))
                        .orElse(true));
        if (amqp.isPresent() != database.isPresent() && !isOfUp) {
            throw new Failed(
                    "of AMQP_URI and DATABASE_URL only one is set: set both, or none for the fleet that runs here");
        }
        if (amqp.isPresent() && database.isPresent()) {
            return new FleetAddress(amqp.get(), database.get(), env.validOrDefault(Settings.PREFIX));
        }
        if (!running.containsKey(RunEnv.DATABASE_URL)) {
            throw new Failed("nothing runs here: start it with ./pedidos up, or set AMQP_URI and DATABASE_URL");
        }
        return new FleetAddress(
                running.getOrDefault(RunEnv.AMQP_URI, ""),
                running.getOrDefault(RunEnv.DATABASE_URL, ""),
                prefix(env, running));
    }

    /** The names of the fleet's exchanges and queues; it has no shards, and not the fleet's delay queues. */
    public Topology names() {
        return Topology.withoutShards(prefix, RetryLadder.doubling(ANY_DELAY, ANY_DELAY));
    }

    /** In a container the addresses are in {@code run/env}, and the prefix is a variable. */
    private static String prefix(Env env, Map<String, String> running) throws Failed {
        String name = Settings.PREFIX.name();
        String given = env.validOrDefault(Settings.PREFIX);
        String ofRunning = running.getOrDefault(name, "");
        if (!given.isEmpty() && !ofRunning.isEmpty() && !given.equals(ofRunning)) {
            throw new Failed(name + " is " + given + ", and the fleet that runs here has " + ofRunning
                    + ": set the same, or set AMQP_URI and DATABASE_URL for the other fleet");
        }
        return ofRunning.isEmpty() ? given : ofRunning;
    }
}
