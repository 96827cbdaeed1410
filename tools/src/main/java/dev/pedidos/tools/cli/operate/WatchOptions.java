package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.TcpPorts;
import dev.pedidos.tools.cli.options.DurationConverter;
import dev.pedidos.tools.cli.options.Numbers;
import dev.pedidos.tools.proof.watch.LawWatch.Rhythm;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a verify that goes on. */
final class WatchOptions {
    /** Names the address in messages. */
    static final String ADDRESS = "--host, --port";

    private static final int LEAST_SECONDS = 10;
    private static final int MOST_SECONDS = 7 * 24 * 60 * 60;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Do not end: judge what has changed again and again, after each pause of this length, such as"
                    + " 5m, and serve the result as metrics.")
    private @Nullable Duration every;

    @Option(
            names = "--full-every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "With --every: judge everything this often (24h), and first of all unless --since is given.")
    private @Nullable Duration fullEvery;

    @Option(names = "--host", paramLabel = "H", description = "With --every: where to serve /metrics (127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "With --every: where to serve /metrics (any free port).")
    private @Nullable Integer port;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Empty: it is to end.
     *
     * @throws ParameterException out of bounds, or an option that needs --every: wrong use, exit code 2
     */
    Optional<Rhythm> rhythm() {
        if (every == null) {
            if (fullEvery != null || host != null || port != null) {
                throw new ParameterException(spec.commandLine(), "--full-every, --host and --port need --every");
            }
            return Optional.empty();
        }
        return Optional.of(new Rhythm(
                checked("--every", every),
                fullEvery == null ? Duration.ofDays(1) : checked("--full-every", fullEvery)));
    }

    String host() {
        return host == null ? "127.0.0.1" : host;
    }

    int port() {
        return port == null ? 0 : Numbers.checked(spec, "--port", port, 0, TcpPorts.HIGHEST);
    }

    private Duration checked(String option, Duration time) {
        if (time.toSeconds() < LEAST_SECONDS || time.toSeconds() > MOST_SECONDS) {
            throw new ParameterException(spec.commandLine(), option + " must be from 10s to 7d");
        }
        return time;
    }
}
