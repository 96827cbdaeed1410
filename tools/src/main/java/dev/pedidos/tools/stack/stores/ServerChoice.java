package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.config.Settings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Chooses Docker or this machine: where the last run's ledger is, otherwise Docker if it is available. */
final class ServerChoice {
    private static final String VARIABLE = Settings.DOCKER.name();

    private ServerChoice() {}

    static Servers make(ServerFiles files, Map<String, String> environment, Consumer<String> say)
            throws IOException, InterruptedException {
        String choice = environment.getOrDefault(VARIABLE, "");
        boolean required = choice.equals("on");
        Servers here = new PrivateServers(files, say);
        if (choice.equals("off") || (!required && PrivateServers.wereUsed(files))) {
            return here;
        }
        DockerServers docker = new DockerServers(files, environment);
        Optional<String> trouble = docker.trouble(say);
        if (trouble.isEmpty()) {
            return docker;
        }
        if (required) {
            throw new IOException(VARIABLE + " is on, and Docker cannot be used: " + trouble.get());
        }
        if (docker.areInstalled()) {
            say.accept("Docker is not used: " + trouble.get());
        }
        if (DockerServers.wereUsed(files)) {
            say.accept("The last run's data is in Docker: starting with an empty ledger.");
        }
        return here;
    }
}
