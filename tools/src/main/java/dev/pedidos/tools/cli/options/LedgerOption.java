package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.runtime.Settings;
import dev.pedidos.tools.stack.home.RunEnv;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the ledger of a command. */
public final class LedgerOption {

    @Option(names = "--url", paramLabel = "DATABASE_URL", description = "The ledger (default: the running system's).")
    private @Nullable String url;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public Optional<DatabaseUrl> given() {
        if (url == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DatabaseUrl.parse(url));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--url must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE", e);
        }
    }

    /**
     * As the role that owns the tables, unless another one is given.
     *
     * @throws Failed none is given, and nothing runs
     */
    public DatabaseUrl owner(CommandContext context) throws IOException, Failed {
        var given = given();
        if (given.isPresent()) {
            return given.get();
        }
        var running = RunEnv.read(context.home());
        String owner = running.getOrDefault(Settings.DATABASE_ADMIN_URL.name(), running.get(RunEnv.DATABASE_URL));
        if (owner == null) {
            throw new Failed("nothing runs here: start it with ./pedidos up, or give --url DATABASE_URL");
        }
        return DatabaseUrl.parse(owner);
    }
}
