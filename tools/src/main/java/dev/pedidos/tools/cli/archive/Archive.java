package dev.pedidos.tools.cli.archive;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands for operators about the archive. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = "Look at the months of the archive, export one, drop one.",
        subcommands = {ArchiveList.class, ArchiveExport.class, ArchiveDrop.class})
public final class Archive implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "the command is missing: list, export or drop");
    }
}
