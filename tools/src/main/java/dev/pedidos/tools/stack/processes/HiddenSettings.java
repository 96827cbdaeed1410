package dev.pedidos.tools.stack.processes;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Setting;
import dev.pedidos.shared.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Hides the user's own settings from programs whose work is judged or measured. An empty variable counts as not set, so the defaults
 * hold.
 */
public final class HiddenSettings {
    /** Where programs and servers are, and what the user's own handlers need. */
    private static final Set<Setting> KEPT = Set.of(
            Settings.AMQP_URI,
            Settings.AMQP_URI_FILE,
            Settings.DATABASE_URL,
            Settings.DATABASE_URL_FILE,
            Settings.DATABASE_ADMIN_URL,
            Settings.DATABASE_ADMIN_URL_FILE,
            Settings.API_HOST,
            Settings.API_PORT,
            Settings.ALLOWED_HOSTS,
            Settings.WORKER_HOST,
            Settings.WORKER_PORT,
            Settings.PLUGINS,
            Settings.LIMITES,
            Settings.CNPJ_URL,
            Settings.CNPJ_FORMATO,
            Settings.CNPJ_TIMEOUT_MS,
            Settings.CNPJ_TOKEN_FILE,
            Settings.CNPJ_IDADE,
            Settings.CALLBACK_HOSTS,
            Settings.WEBHOOK_SECRET_FILE,
            Settings.DOCKER);

    /** For {@code demo} and {@code bench}. */
    public static final Map<String, String> OF_A_RUN = hidden(setting -> !KEPT.contains(setting));

    /** For a run that gives its programs every address itself. */
    public static final Map<String, String> ALL = hidden(setting -> true);

    private HiddenSettings() {}

    /** The environment of this process as the programs of a run see it. */
    public static Env envOfARun() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putAll(OF_A_RUN);
        return new Env(variables);
    }

    private static Map<String, String> hidden(Predicate<Setting> which) {
        return Settings.ALL.stream().filter(which).collect(Collectors.toUnmodifiableMap(Setting::name, each -> ""));
    }
}
