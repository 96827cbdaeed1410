package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.tools.stack.home.RunEnv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Option(
            names = "--url-file",
            paramLabel = "FILE",
            description =
                    "A file with the address of the ledger. Better for the password: everybody on this machine can"
                            + " read the command line.")
    private @Nullable Path urlFile;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The context of the command that has this option. */
    public CommandContext context() throws IOException, InterruptedException {
        return CommandContext.of(spec);
    }

    public Optional<DatabaseUrl> given() throws InterruptedException {
        if (url != null && urlFile != null) {
            throw new ParameterException(spec.commandLine(), "give --url or --url-file, not both");
        }
        if (urlFile != null) {
            return Optional.of(parsed("--url-file", content(urlFile)));
        }
        return Optional.ofNullable(url).map(address -> parsed("--url", address));
    }

    private DatabaseUrl parsed(String option, String address) {
        try {
            return DatabaseUrl.parse(address);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE", e);
        }
    }

    private String content(Path file) throws InterruptedException {
        try {
            return AbandonableIo.run(() -> Files.readString(file)).strip();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--url-file cannot be read: " + file, e);
        }
    }

    /**
     * As the role that owns the tables, unless another one is given.
     *
     * @throws Failed none is given, and nothing runs
     */
    public DatabaseUrl owner(CommandContext context) throws IOException, InterruptedException, Failed {
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
