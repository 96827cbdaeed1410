package dev.pedidos.tools.cli.dlq;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands for operators about dead letters. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Look at dead letters, redrive them, discard them.",
        subcommands = {DlqList.class, DlqGroups.class, DlqRedrive.class, DlqRedrives.class, DlqDiscard.class})
public final class Dlq implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "the command is missing: list, groups, redrive, redrives or discard");
    }
}
