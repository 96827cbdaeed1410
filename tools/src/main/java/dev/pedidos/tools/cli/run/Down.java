package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Setting;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.OurProcess;
import dev.pedidos.tools.stack.home.RunEnv;
import dev.pedidos.tools.stack.processes.StopTime;
import dev.pedidos.tools.stack.stores.FolderServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops everything that runs under {@code .pedidos}, including the programs that a killed {@code up} left. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop everything that runs under .pedidos, including the programs that a killed `up` left.")
public final class Down implements Callable<Integer> {
    /** API, workers, broker and database, one after the other. */
    private static final int STEPS_OF_A_COMMAND = 4;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var context = CommandContext.of(spec);
        boolean stopped = stopBoth(context);
        RunEnv.delete(context.home());
        if (!stopped) {
            context.print("nothing runs here");
        }
        return 0;
    }

    /** @throws IOException something goes on; what a torture left was stopped all the same */
    private static boolean stopBoth(CommandContext context) throws IOException, InterruptedException {
        boolean stopped = false;
        Deque<IOException> failures = new ArrayDeque<>();
        for (Home home : List.of(context.home(), context.home().ofTorture())) {
            try {
                stopped |= stop(context, home);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IOException first = failures.remove();
            failures.forEach(first::addSuppressed);
            throw first;
        }
        return stopped;
    }

    /** Of this command's setting and that of the system. */
    private static long longest(Env env, Map<String, String> running, Setting setting) {
        long here = env.integer(setting);
        return running.containsKey(setting.name()) ? Math.max(here, new Env(running).integer(setting)) : here;
    }

    private static boolean stop(CommandContext context, Home home) throws IOException, InterruptedException {
        var running = RunEnv.read(home);
        Duration each =
                StopTime.of(setting -> longest(context.env(), running, setting)).whole();
        boolean stopped = stopPrograms(context, home, each);
        if (FolderServers.stopLeftOver(home.dotPedidos())) {
            context.print(RootLocale.format("  %-16s %s", "broker, database", "stopped"));
            stopped = true;
        }
        OurProcess.forgetEnded(home);
        return stopped;
    }

    /** @throws IOException some go on, after all others have been stopped: broker and database are left to them */
    private static boolean stopPrograms(CommandContext context, Home home, Duration each)
            throws IOException, InterruptedException {
        boolean stopped = false;
        Map<OurProcess, String> goingOn = new LinkedHashMap<>();
        for (var next = next(home, goingOn); next.isPresent(); next = next(home, goingOn)) {
            var program = next.get();
            boolean isCommand = program.kind() == OurProcess.Kind.COMMAND;
            try {
                boolean ended = program.stop(isCommand ? each.multipliedBy(STEPS_OF_A_COMMAND) : each);
                context.print(RootLocale.format(
                        "  %-16s %s", program.name(), ended ? "stopped" : "did not end in time and was killed"));
                stopped = true;
            } catch (IOException e) {
                goingOn.put(program, e.getMessage());
            }
        }
        if (!goingOn.isEmpty()) {
            throw new IOException(String.join("; ", goingOn.values()) + "; broker and database were not stopped");
        }
        return stopped;
    }

    /** Looked up again after each: a command that ends stops its programs. */
    private static Optional<OurProcess> next(Home home, Map<OurProcess, String> goingOn) throws IOException {
        return OurProcess.all(home).stream()
                .filter(program -> !goingOn.containsKey(program))
                .findFirst();
    }
}
