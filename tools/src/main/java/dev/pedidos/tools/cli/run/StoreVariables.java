package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.stack.home.RunEnv;
import dev.pedidos.tools.stack.processes.HiddenSettings;
import dev.pedidos.tools.stack.stores.Stores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The addresses of stores as environment variables. */
public final class StoreVariables {

    private StoreVariables() {}

    /** The variables for API and worker. */
    public static Map<String, String> forPrograms(Stores stores) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(RunEnv.AMQP_URI, stores.amqpUri());
        variables.put(RunEnv.DATABASE_URL, stores.databaseUrl());
        variables.put(Settings.DATABASE_ADMIN_URL.name(), stores.databaseAdminUrl());
        stores.prefix().ifPresent(prefix -> variables.put(Settings.PREFIX.name(), prefix));
        return variables;
    }

    /**
     * The variables for people, for scripts, and for commands on what runs.
     *
     * @param env that the programs were started with
     */
    static Map<String, String> forPeople(Stores stores, String apiUrl, Env env) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(RunEnv.API_URL, apiUrl);
        variables.put(RunEnv.AMQP_URI, stores.amqpUri());
        variables.put(RunEnv.DATABASE_URL, stores.databaseUrl());
        variables.put(Settings.DATABASE_ADMIN_URL.name(), stores.databaseAdminUrl());
        stores.managementUrl().ifPresent(url -> variables.put(RunEnv.MANAGEMENT_URL, url));
        Stream.of(Settings.PREFIX, Settings.DRAIN_MS, Settings.READY_DELAY_MS)
                .forEach(setting -> env.text(setting).ifPresent(value -> variables.put(setting.name(), value)));
        return variables;
    }

    /** The variables for API and worker of a run that is judged or measured. */
    public static Map<String, String> forARun(Stores stores) {
        Map<String, String> variables = new LinkedHashMap<>(HiddenSettings.OF_A_RUN);
        variables.putAll(forPrograms(stores));
        return variables;
    }

    /** The topology that the programs of a run declare. */
    public static Topology topology(Stores stores) {
        return FleetConfig.topology(new Env(forARun(stores)));
    }
}
