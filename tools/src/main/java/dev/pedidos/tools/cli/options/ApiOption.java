package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.config.HttpUrl;
import dev.pedidos.shared.config.InvalidUrl;
import dev.pedidos.tools.api.ApiEndpoint;
import dev.pedidos.tools.api.Header;
import dev.pedidos.tools.api.OperatorApi;
import dev.pedidos.tools.stack.home.RunEnv;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the API of a command. */
public final class ApiOption {

    @Option(
            names = "--url",
            paramLabel = "U",
            description = "The API, with the path of a gateway if there is one (default: the one that runs here).")
    private @Nullable String url;

    @Option(names = "--header", paramLabel = "'Name: value'", description = "A header for every call; repeatable.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--header-file",
            paramLabel = "FILE",
            description =
                    "Headers, one per line. Better for secrets: everybody on this machine can read the command line.")
    private @Nullable Path headerFile;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The context of the command that has this option. */
    public CommandContext context() throws IOException, InterruptedException {
        return CommandContext.of(spec);
    }

    /** Opens the API in the name of the user who runs the command. */
    public OperatorApi open(CommandContext context) throws IOException, InterruptedException, Failed {
        return new OperatorApi(endpoint(context), System.getProperty("user.name", ""));
    }

    public ApiEndpoint endpoint(CommandContext context) throws IOException, InterruptedException, Failed {
        List<Header> given = new ArrayList<>();
        for (String header : headers) {
            given.add(parsed("--header", header));
        }
        for (String line : fileLines()) {
            given.add(parsed("--header-file", line));
        }
        return new ApiEndpoint(address(context), given);
    }

    private URI address(CommandContext context) throws IOException, Failed {
        if (url != null) {
            return parsed(url);
        }
        String running = RunEnv.read(context.home()).get(RunEnv.API_URL);
        if (running == null) {
            throw new Failed("no API runs here: start it with ./pedidos up, or give --url");
        }
        return URI.create(running);
    }

    /** The address may have a password, so no message repeats it. */
    private URI parsed(String address) {
        try {
            return HttpUrl.parse(address);
        } catch (InvalidUrl e) {
            throw wrong("--url must be http://HOST:PORT or http://HOST:PORT/PATH, without user, query or fragment: "
                    + e.getMessage());
        }
    }

    private Header parsed(String option, String line) {
        try {
            return Header.parse(line);
        } catch (IllegalArgumentException e) {
            throw wrong(option + " " + e.getMessage());
        }
    }

    private List<String> fileLines() throws InterruptedException {
        Path file = headerFile;
        if (file == null) {
            return List.of();
        }
        try {
            return AbandonableIo.run(() -> Files.readAllLines(file)).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw wrong("--header-file cannot be read: " + file);
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
