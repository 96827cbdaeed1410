package dev.pedidos.tools.cli.archive;

import picocli.CommandLine.Command;

/** Commands for operators about the archive. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = "Look at the months of the archive, export one, drop one.",
        subcommands = {ArchiveList.class, ArchiveExport.class, ArchiveDrop.class})
public final class Archive {}
