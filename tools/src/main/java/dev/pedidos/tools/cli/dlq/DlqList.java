package dev.pedidos.tools.cli.dlq;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LimitOption;
import dev.pedidos.tools.proof.report.OneLine;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

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

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        int entries = limit.checked();
        try (var operator = api.open(context)) {
            var listing = operator.list("/dlq", filters.given(), "mortos", entries);
            var letters = listing.entries();
            var table = Table.of(
                    letters,
                    DlqList::cell,
                    "pedido_id",
                    "recebedor_id",
                    "tipo",
                    "motivo",
                    "erro_classe",
                    "tentativas",
                    "ultima_falha_em",
                    "erro_mensagem");
            context.print(letters.isEmpty() ? "no dead letters" : table.toString());
            if (listing.hasMore()) {
                context.say(RootLocale.format(
                        "%,d of %,d dead letters: --limit N shows more, ./pedidos dlq groups counts them by cause",
                        letters.size(), GroupsTable.total(operator.groups(filters.given()))));
            }
        }
        return 0;
    }

    private static String cell(JsonNode letter, String field) {
        String text = JsonField.text(letter, field);
        return field.equals("erro_mensagem") ? OneLine.of(text, LONGEST_MESSAGE) : text;
    }
}
