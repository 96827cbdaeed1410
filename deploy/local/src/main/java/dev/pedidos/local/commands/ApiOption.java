package dev.pedidos.local.commands;

import dev.pedidos.local.operate.OperatorApi;
import dev.pedidos.local.processes.RunEnv;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The API that a command speaks to. */
final class ApiOption {

    @Option(names = "--url", paramLabel = "U", description = "The API (default: the one that runs here).")
    private @Nullable URI url;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** In the name of whoever runs the command. */
    OperatorApi open(Surroundings around) throws IOException, Failed {
        return new OperatorApi(address(around), System.getProperty("user.name", ""));
    }

    URI address(Surroundings around) throws IOException, Failed {
        if (url != null) {
            String scheme = url.getScheme();
            if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                throw new ParameterException(spec.commandLine(), "--url must be http://HOST:PORT, not " + url);
            }
            return url;
        }
        String running = RunEnv.read(around.home()).get(RunEnv.API_URL);
        if (running == null) {
            throw new Failed("no API runs here: start it with ./pedidos up, or give --url");
        }
        return URI.create(running);
    }
}
