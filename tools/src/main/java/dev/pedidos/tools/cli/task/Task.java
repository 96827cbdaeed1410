package dev.pedidos.tools.cli.task;

import picocli.CommandLine.Command;

/** Commands about batches of expenses. */
@Command(
        name = "task",
        mixinStandardHelpOptions = true,
        description = "Send a batch of expenses, watch it, list its items, cancel it.",
        subcommands = {TaskSend.class, TaskWatch.class, TaskItems.class, TaskCancel.class})
public final class Task {}
