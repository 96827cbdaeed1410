package dev.pedidos.tools.cli.task;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about batches of expenses. */
@Command(
        name = "task",
        mixinStandardHelpOptions = true,
        description = "Send a batch of expenses, watch it, list its items, cancel it.",
        subcommands = {TaskSend.class, TaskWatch.class, TaskItems.class, TaskCancel.class})
public final class Task implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "the command is missing: send, watch, items or cancel");
    }
}
