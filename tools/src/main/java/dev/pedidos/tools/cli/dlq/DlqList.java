package dev.pedidos.tools.cli.dlq;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LimitOption;
import dev.pedidos.tools.proof.report.OneLine;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists dead letters, one per line. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List dead letters, the last failure first.")
final class DlqList implements Callable<Integer> {
    /** GET /dlq has the whole message. */
    private static final int LONGEST_MESSAGE = 120;

    @Mixin
    private ApiOption api = new ApiOption();

    @Mixin
    private LetterFilters filters = new LetterFilters();

    @Mixin
    private LimitOption limit = new LimitOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = CommandContext.of(spec);
        int entries = limit.checked();
        try (var operator = api.open(context)) {
            var listing = operator.list("/dlq", filters.given(), "mortos", entries);
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
                    OneLine.of(JsonField.text(letter, "erro_mensagem"), LONGEST_MESSAGE)));
            context.print(letters.isEmpty() ? "no dead letters" : table.toString());
            if (listing.hasMore()) {
                context.say(RootLocale.format(
                        "%,d of %,d dead letters: --limit N shows more, ./pedidos dlq groups counts them by cause",
                        letters.size(), GroupsTable.total(operator.groups(filters.given()))));
            }
        }
        return 0;
    }
}
