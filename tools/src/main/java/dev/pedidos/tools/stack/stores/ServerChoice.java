package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** Chooses Docker or this machine: where the last run's ledger is, otherwise Docker if it is available. */
final class ServerChoice {
    private static final String VARIABLE = Settings.DOCKER.name();

    private ServerChoice() {}

    static Servers make(ServerFiles files, Map<String, String> environment, Consumer<String> say)
            throws IOException, InterruptedException {
        Servers here = new PrivateServers(files, say);
        switch (environment.getOrDefault(VARIABLE, "")) {
            case "off" -> {
                return here;
            }
            case "on" -> {
                if (dockerIsThere(files, environment, say)) {
                    return new DockerServers(files);
                }
                throw new IOException(RootLocale.format(
                        "%s is on, but no Docker engine with the images answers on this machine; see %s",
                        VARIABLE, files.log("docker")));
            }
            default -> {
                return !PrivateServers.wereUsed(files) && dockerIsThere(files, environment, say)
                        ? new DockerServers(files)
                        : here;
            }
        }
    }

    private static boolean dockerIsThere(ServerFiles files, Map<String, String> environment, Consumer<String> say)
            throws IOException, InterruptedException {
        boolean there = new DockerServers(files).areThere(environment, say);
        if (!there && DockerServers.wereUsed(files)) {
            say.accept("The last run's data is in Docker, which does not answer: starting with an empty ledger.");
        }
        return there;
    }
}
