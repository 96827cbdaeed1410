package dev.pedidos.tools.cli.dlq;

import picocli.CommandLine.Command;

/** Commands for operators about dead letters. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Look at dead letters, redrive them, discard them.",
        subcommands = {
            DlqList.class,
            DlqGroups.class,
            DlqRedrive.class,
            DlqRedrives.class,
            DlqDiscard.class,
            DlqUnknown.class
        })
public final class Dlq {}
