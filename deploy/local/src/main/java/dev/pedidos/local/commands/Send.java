package dev.pedidos.local.commands;

import dev.pedidos.local.load.NdjsonSource;
import dev.pedidos.local.load.Sender;
import dev.pedidos.local.load.Tally;
import dev.pedidos.local.report.ProgressView;
import dev.pedidos.local.report.SendReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file of pedidos. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "POST the lines of an NDJSON file; exit code 1 if one was not accepted.")
final class Send implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final int MOST_PER_SECOND = 1_000_000;
    private static final int MOST_AT_ONCE = 1_000;

    @Parameters(paramLabel = "FILE", description = "One POST body a line; - for standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Mixin
    private ApiOption api = new ApiOption();

    @Option(names = "--rate", paramLabel = "N", description = "At most so many per second (default: no limit).")
    private @Nullable Integer rate;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "32",
            description = "So many on their way at once (${DEFAULT-VALUE}).")
    private int concurrency;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var around = Surroundings.of(spec);
        Numbers.checked(spec, "--concurrency", concurrency, 1, MOST_AT_ONCE);
        int perSecond = rate == null ? 0 : Numbers.checked(spec, "--rate", rate, 1, MOST_PER_SECOND);
        boolean isFile = !file.equals(STANDARD_INPUT);
        if (isFile && (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file)))) {
            throw new ParameterException(spec.commandLine(), "FILE cannot be read: " + file);
        }
        var sender = new Sender(List.of(api.address(around)), concurrency, perSecond);
        var tally = new Tally();
        try (var source = isFile
                        ? NdjsonSource.of(Path.of(file), Long.MAX_VALUE)
                        : new NdjsonSource(System.in, Long.MAX_VALUE);
                var progress = new ProgressView("sent", isFile ? NdjsonSource.count(Path.of(file)) : -1)) {
            sender.send(source, answer -> {
                tally.accept(answer);
                progress.step();
            });
        } finally {
            around.print(SendReport.text(tally));
        }
        return tally.accepted() == tally.sent() ? 0 : 1;
    }
}
