package dev.pedidos.tools.cli.dlq;

import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.Consent;
import dev.pedidos.tools.cli.options.Failed;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a dead letter up for good; this cannot be undone. */
@Command(
        name = "discard",
        mixinStandardHelpOptions = true,
        description = "Give a dead letter up for good; it stays recorded.")
final class DlqDiscard implements Callable<Integer> {

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

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        if (!consent.given(context, "Give up 1 dead letter, " + id + ", for good?")) {
            return 1;
        }
        try (var operator = api.open(context)) {
            operator.discard(id, motivo);
            context.print(id + " is DISCARDED");
        }
        return 0;
    }
}
