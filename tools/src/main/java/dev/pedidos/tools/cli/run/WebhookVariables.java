package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.WebhookSecretFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings that the programs of {@code up} need for webhooks to this machine, where the environment does not say otherwise. */
final class WebhookVariables {
    private static final String THIS_MACHINE = "127.0.0.1,localhost";

    private WebhookVariables() {}

    static Map<String, String> forPrograms(Home home, Env env) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        if (env.text(Settings.CALLBACK_HOSTS).isEmpty()) {
            variables.put(Settings.CALLBACK_HOSTS.name(), THIS_MACHINE);
        }
        if (env.text(Settings.WEBHOOK_SECRET_FILE).isEmpty()) {
            variables.put(
                    Settings.WEBHOOK_SECRET_FILE.name(),
                    WebhookSecretFile.make(home).toString());
        }
        return variables;
    }
}
