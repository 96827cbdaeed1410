package dev.pedidos.tools.cli.dlq;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Consent;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.Numbers;
import dev.pedidos.tools.proof.report.Figures;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Commands for operators about dead letters. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Look at dead letters, redrive them, discard them.",
        subcommands = {Dlq.List.class, Dlq.Groups.class, DlqRedrive.class, DlqRedrives.class, Dlq.Discard.class})
public final class Dlq implements Runnable {
    private static final int LONGEST_MESSAGE = 120;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "the command is missing: list, groups, redrive, redrives or discard");
    }

    /** Prints the groups by cause; returns the total number of letters. */
    static long printGroups(CommandContext context, JsonNode groups) {
        var table = new Table("total", "motivo", "erro_classe", "tipo", "primeira_em", "ultima_em");
        for (JsonNode group : groups) {
            table.add(
                    Figures.grouped(group.path("total").asLong(0)),
                    JsonField.text(group, "motivo"),
                    JsonField.text(group, "erro_classe"),
                    JsonField.text(group, "tipo"),
                    JsonField.text(group, "primeira_em"),
                    JsonField.text(group, "ultima_em"));
        }
        long total = total(groups);
        context.print(total == 0 ? "no dead letters" : table.toString());
        return total;
    }

    private static long total(JsonNode groups) {
        long total = 0;
        for (JsonNode group : groups) {
            total += group.path("total").asLong(0);
        }
        return total;
    }

    /** GET /dlq has the whole message. */
    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
    }

    /** Lists dead letters, one per line. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List dead letters, the last failure first.")
    static final class List implements Callable<Integer> {
        private static final int MOST = 100_000;

        @Mixin
        private ApiOption api = new ApiOption();

        @Mixin
        private LetterFilters filters = new LetterFilters();

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "The largest number of entries (${DEFAULT-VALUE}).")
        private int limit;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException, Failed {
            var context = CommandContext.of(spec);
            Numbers.checked(spec, "--limit", limit, 1, MOST);
            try (var operator = api.open(context)) {
                var listing = operator.list("/dlq", filters.given(), "mortos", limit);
                var letters = listing.entries();
                var table = new Table(
                        "pedido_id",
                        "recebedor_id",
                        "tipo",
                        "motivo",
                        "erro_classe",
                        "tentativas",
                        "ultima_falha_em",
                        "erro_mensagem");
                letters.forEach(letter -> table.add(
                        JsonField.text(letter, "pedido_id"),
                        JsonField.text(letter, "recebedor_id"),
                        JsonField.text(letter, "tipo"),
                        JsonField.text(letter, "motivo"),
                        JsonField.text(letter, "erro_classe"),
                        JsonField.text(letter, "tentativas"),
                        JsonField.text(letter, "ultima_falha_em"),
                        shortened(JsonField.text(letter, "erro_mensagem"))));
                context.print(letters.isEmpty() ? "no dead letters" : table.toString());
                if (listing.hasMore()) {
                    context.say(RootLocale.format(
                            "%,d of %,d dead letters: --limit N shows more, ./pedidos dlq groups counts them by cause",
                            letters.size(), total(operator.groups(filters.given()))));
                }
            }
            return 0;
        }
    }

    /** Counts dead letters, one line per cause. */
    @Command(name = "groups", mixinStandardHelpOptions = true, description = "Count dead letters by cause.")
    static final class Groups implements Callable<Integer> {

        @Mixin
        private ApiOption api = new ApiOption();

        @Mixin
        private LetterFilters filters = new LetterFilters();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException, Failed {
            var context = CommandContext.of(spec);
            try (var operator = api.open(context)) {
                printGroups(context, operator.groups(filters.given()));
            }
            return 0;
        }
    }

    /** Gives a dead letter up for good; this cannot be undone. */
    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description = "Give a dead letter up for good; it stays recorded.")
    static final class Discard implements Callable<Integer> {

        @Mixin
        private ApiOption api = new ApiOption();

        @Mixin
        private Consent consent = new Consent();

        @Parameters(paramLabel = "ID", description = "Its pedido_id.")
        @SuppressWarnings("NullAway.Init")
        private String id;

        @Option(names = "--motivo", required = true, paramLabel = "M", description = "The reason, which is recorded.")
        @SuppressWarnings("NullAway.Init")
        private String motivo;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException, Failed {
            var context = CommandContext.of(spec);
            if (!consent.given(context, "Give up 1 dead letter, " + id + ", for good?")) {
                context.say("nothing was done");
                return 1;
            }
            try (var operator = api.open(context)) {
                operator.discard(id, motivo);
                context.print(id + " is DISCARDED");
            }
            return 0;
        }
    }
}
