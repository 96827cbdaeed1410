package dev.pedidos.tools.cli.operate;

import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.laws.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Checks the laws on the ledger of a system that does not run now. */
@FunctionalInterface
public interface StoppedLedger {

    /** @throws Failed there is no such ledger; the message says what to do */
    List<Verdict> check(CommandContext context) throws IOException, SQLException, InterruptedException, Failed;
}
