package dev.pedidos.tools.cli.dlq;

import dev.pedidos.shared.broker.UnknownLetters;
import dev.pedidos.shared.broker.UnknownLetters.UnknownLetter;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.message.OtherLedgers;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.operate.FleetAddress;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.LimitOption;
import dev.pedidos.tools.proof.report.Table;
import dev.pedidos.tools.stack.home.RunEnv;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** After the ledger was restored: the dead letters whose pedidos it does not know. */
@Command(
        name = "unknown",
        mixinStandardHelpOptions = true,
        description = {
            "After the ledger was restored: list the dead letters whose pedidos it does not know, or put them back.",
            "The fleet is that of AMQP_URI and DATABASE_URL; otherwise the one that runs here."
        })
final class DlqUnknown implements Callable<Integer> {

    @Option(
            names = "--put-back",
            description = "Publish them to pedidos_queue, which takes them in as new pedidos, and take them out of the"
                    + " dead letters.")
    private boolean putBack;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private int found;

    @Override
    public Integer call() throws Exception {
        int shown = limit.checked();
        var context = CommandContext.of(spec);
        var fleet = FleetAddress.of(context.env(), RunEnv.read(context.home()));
        var table = new Table("pedido_id", "recebedor_id", "tipo", "motivo");
        boolean complete = look(fleet, letter -> {
            if (found++ < shown) {
                table.add(letter.pedidoId(), letter.recebedorId(), letter.tipo(), letter.motivo());
            }
        });
        tell(context, table, complete);
        return complete ? 0 : 1;
    }

    private boolean look(FleetAddress fleet, Consumer<UnknownLetter> each) throws Exception {
        try (var pedidos = UnknownPedidos.open(DatabaseUrl.parse(fleet.database()))) {
            String ledger = pedidos.ledgerName();
            var letters = new UnknownLetters(
                    new AmqpConnections(fleet.amqp()), fleet.names(), new OtherLedgers(() -> ledger));
            return putBack ? letters.putBack(pedidos::of, each) : letters.list(pedidos::of, each);
        }
    }

    private void tell(CommandContext context, Table table, boolean complete) {
        if (found > 0) {
            context.print(table.toString());
        }
        context.print(RootLocale.format(
                "%,d dead letters of pedidos that the ledger does not know%s", found, putBack ? " were put back" : ""));
        if (!complete) {
            context.say(
                    "not all dead letters could be looked at: somebody else holds some, or there are too many, or too large ones");
        }
    }
}
