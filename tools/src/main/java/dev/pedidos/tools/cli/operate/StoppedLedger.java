package dev.pedidos.tools.cli.operate;

import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Since;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Checks the laws on the ledger of a system that does not run now. */
@FunctionalInterface
public interface StoppedLedger {

    /**
     * @param since empty: everything is judged
     * @throws Failed there is no such ledger; the message says what to do
     */
    Judgement judge(CommandContext context, Optional<Since> since)
            throws IOException, SQLException, InterruptedException, Failed;
}
