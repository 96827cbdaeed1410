package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.ledger.deadletter.DeadLetters;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.Consent;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LimitOption;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists waiting receivers. */
@Command(
        name = "recebedores",
        mixinStandardHelpOptions = true,
        description = "List receivers with unfinished pedidos, and let a receiver go on that a dead letter holds.",
        subcommands = Recebedores.Release.class)
public final class Recebedores implements Callable<Integer> {

    @Mixin
    private ApiOption api = new ApiOption();

    @Option(names = "--retidos", description = "Only those that a dead letter holds.")
    private boolean held;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        int entries = limit.checked();
        try (var operator = api.open(context)) {
            var listing =
                    operator.list("/recebedores", held ? Map.of("retido", "true") : Map.of(), "recebedores", entries);
            var receivers = listing.entries();
            var table = Table.of(receivers, "recebedor_id", "cabeca", "status", "aguardando", "desde");
            context.print(receivers.isEmpty() ? "no receiver has unfinished pedidos" : table.toString());
            if (listing.hasMore()) {
                context.say("the first " + receivers.size() + "; there are more: use --limit N");
            }
        }
        return 0;
    }

    /** The three moves on a held receiver. */
    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = {
                "Let a held receiver go on.",
                "retry_head: the dead letter at its head is redriven, in its place.",
                "skip_head: it goes on without the dead letter at its head.",
                "release_all: it goes on without all dead letters that hold it."
            })
    static final class Release implements Callable<Integer> {
        @Mixin
        private ApiOption api = new ApiOption();

        @Mixin
        private Consent consent = new Consent();

        @Parameters(index = "0", paramLabel = "ID", description = "Its recebedor_id.")
        @SuppressWarnings("NullAway.Init")
        private String id;

        @Parameters(index = "1", paramLabel = "MOVE", description = "retry_head, skip_head or release_all.")
        @SuppressWarnings("NullAway.Init")
        private String move;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException, Failed {
            refuseOptionsInFront();
            var context = api.context();
            if (DeadLetters.Release.of(move).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "MOVE must be retry_head, skip_head or release_all, not " + move);
            }
            if (!consent.given(context, "Let " + id + " go on (" + move + ")?")) {
                return 1;
            }
            try (var operator = api.open(context)) {
                operator.release(id, move);
                context.print(id + " goes on (" + move + ")");
            }
            return 0;
        }

        /** They would have no effect: the move could reach another fleet than the one that was meant. */
        private void refuseOptionsInFront() {
            if (!spec.parent().commandLine().getParseResult().matchedOptions().isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "options of recebedores have no effect in front of release: release takes only --url, --header,"
                                + " --header-file and --yes, after its name; leave the others out");
            }
        }
    }
}
