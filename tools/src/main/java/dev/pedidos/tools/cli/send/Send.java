package dev.pedidos.tools.cli.send;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.AbandonableIo;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.DurationConverter;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.FileTrouble;
import dev.pedidos.tools.cli.options.Numbers;
import dev.pedidos.tools.proof.load.Leftovers;
import dev.pedidos.tools.proof.load.OrderedSender;
import dev.pedidos.tools.proof.load.Outgoing;
import dev.pedidos.tools.proof.load.ReadableLines;
import dev.pedidos.tools.proof.load.Tally;
import dev.pedidos.tools.proof.report.ProgressView;
import dev.pedidos.tools.proof.report.SendReport;
import dev.pedidos.tools.proof.report.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file of pedidos. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "POST the lines of an NDJSON file; exit code 1 if one was not accepted.",
            "Lines of one recebedor_id are accepted in the order of the file.",
            "While the API is down, the command waits for --give-up-after. If the API is back by then, the command goes on. If not, it"
                    + " stops.",
            "A line without pedido_id gets an Idempotency-Key, so that sending it again makes no second pedido.",
            "Lines that were not accepted or not sent are written to FILE.not-accepted, which can be sent again.",
            "A line of more than 1 MiB is no pedido: it is named, and neither sent nor kept."
        })
public final class Send implements Callable<Integer> {
    private static final int MOST_PER_SECOND = 1_000_000;
    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    @Parameters(paramLabel = "FILE", description = "One POST body per line; a pipe, or - for standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Mixin
    private ApiOption api = new ApiOption();

    @Option(names = "--rate", paramLabel = "N", description = "At most this many per second (default: no limit).")
    private @Nullable Integer rate;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "32",
            description = "This many at the same time (${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--give-up-after",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description =
                    "How long a pedido is tried while the API is down (${DEFAULT-VALUE}); then the command stops.")
    private Duration giveUpAfter = Duration.ZERO;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        var input = SendInput.of(spec, file);
        var plan = plan(context);
        var tally = new Tally();
        var leftovers = new Leftovers(input.placesForLeftovers(context.home()));
        long leftOut;
        try {
            leftOut = send(context, input, plan, tally, leftovers);
        } finally {
            leftovers.close();
            context.print(SendReport.text(tally));
            sayLeftovers(leftovers, context);
        }
        if (tally.sent() == 0) {
            context.say(input.name() + " holds no pedido: nothing was sent");
        }
        return tally.sent() > 0 && leftovers.lines() == 0 && leftOut == 0 ? 0 : 1;
    }

    private OrderedSender.Plan plan(CommandContext context) throws IOException, InterruptedException, Failed {
        Numbers.checked(spec, "--concurrency", concurrency, 1, MOST_AT_ONCE);
        int perSecond = rate == null ? 0 : Numbers.checked(spec, "--rate", rate, 1, MOST_PER_SECOND);
        return new OrderedSender.Plan(api.endpoint(context), concurrency, perSecond, giveUpAfter);
    }

    /** Returns the number of lines that were left out because they are too long. */
    private static long send(
            CommandContext context, SendInput input, OrderedSender.Plan plan, Tally tally, Leftovers leftovers)
            throws IOException, InterruptedException, Failed {
        try (var source = AbandonableIo.run(input::open);
                var progress = new ProgressView("sent", input.count())) {
            var lines = new ReadableLines(source, line -> context.say("pedidos: " + line));
            var sender = new OrderedSender(
                    plan,
                    (answer, again) -> {
                        tally.accept(answer);
                        progress.step();
                        if (!answer.isAccepted()) {
                            leftovers.add(again);
                        }
                    },
                    context::say);
            try {
                sender.send(lines);
            } catch (IOException e) {
                throw new Failed(input.name() + " was not read to its end: " + FileTrouble.text(e));
            } finally {
                keepUnsent(sender, lines, input, leftovers, context);
            }
            sayStopped(sender, context);
            return lines.leftOut();
        }
    }

    private static void sayStopped(OrderedSender sender, CommandContext context) {
        String why = sender.stopped();
        if (why != null) {
            context.say("pedidos: stopped before the end: " + why);
        }
    }

    /** Also keeps the part that was not read yet, if it can still be read. */
    private static void keepUnsent(
            OrderedSender sender, ReadableLines lines, SendInput input, Leftovers leftovers, CommandContext context)
            throws IOException, InterruptedException {
        if (sender.stopped() == null) {
            return;
        }
        boolean readable = sender.hasLeftTheSource(LAST_LOOK);
        sender.unsent().forEach(line -> leftovers.add(line.body()));
        if (!readable || !input.isRegular()) {
            context.say(input.name() + " was not read to its end");
            return;
        }
        for (Outgoing next = lines.next(); next != null; next = lines.next()) {
            leftovers.add(next.body());
        }
    }

    private static void sayLeftovers(Leftovers leftovers, CommandContext context) {
        var failure = leftovers.failure();
        Path kept = leftovers.file();
        if (failure != null) {
            context.say(RootLocale.format(
                    "pedidos: %,d lines were not accepted, and not all of them could be written to a file: %s",
                    leftovers.lines(), FileTrouble.text(failure)));
        } else if (kept != null) {
            context.say(RootLocale.format(
                    "%,d line%s not accepted and kept in %s%nsend them again with: ./pedidos send %s",
                    leftovers.lines(),
                    leftovers.lines() == 1 ? " was" : "s were",
                    kept,
                    Shell.quoted(kept.toString())));
        }
    }
}
