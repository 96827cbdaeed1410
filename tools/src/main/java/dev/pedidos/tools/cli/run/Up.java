package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.stack.home.HomeLock;
import dev.pedidos.tools.stack.home.OurProcess;
import dev.pedidos.tools.stack.home.PidFile;
import dev.pedidos.tools.stack.home.RunEnv;
import dev.pedidos.tools.stack.processes.FleetSize;
import dev.pedidos.tools.stack.processes.LocalFleet;
import dev.pedidos.tools.stack.processes.Supervisor;
import dev.pedidos.tools.stack.processes.UninterruptedStop;
import dev.pedidos.tools.stack.stores.LastDatabase;
import dev.pedidos.tools.stack.stores.Stores;
import dev.pedidos.tools.stack.stores.StoresFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a whole system until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start broker, database, API and workers; Ctrl-C drains and stops all.")
public final class Up implements Callable<Integer> {
    private static final String NAME = "up";

    @Mixin
    private Sizes sizes = new Sizes();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = CommandContext.of(spec);
        var size = new FleetSize(sizes.apis(), sizes.workers(), "");
        LocalFleet.checkBuilt(context.home());
        var pidFile = pidFile(context);
        context.say("starting broker and database, then API and workers; Ctrl-C stops all of it");
        boolean allRun = true;
        try {
            Stores stores = StoresFinder.open(context.home().dotPedidos(), context::say);
            try {
                allRun = run(context, size, stores);
            } finally {
                UninterruptedStop.run(stores::close);
            }
        } catch (InterruptedException | ClosedByInterruptException | FileLockInterruptionException stop) {
            context.say("stopped");
        } finally {
            pidFile.delete();
        }
        return allRun ? 0 : 1;
    }

    /** Returns when it is interrupted; false if a program was given up before. */
    private static boolean run(CommandContext context, FleetSize size, Stores stores)
            throws IOException, InterruptedException, Failed {
        var fleet = new LocalFleet(context.home(), context.env(), context::say);
        try {
            // Before an API can accept anything.
            LastDatabase.remember(context.home(), stores);
            Map<String, String> environment = new LinkedHashMap<>(StoreVariables.forPrograms(stores));
            environment.putAll(WebhookVariables.forPrograms(context.home(), context.env()));
            fleet.start(size, environment);
            var variables =
                    StoreVariables.forPeople(stores, fleet.apiUrls().getFirst().toString(), context.env());
            RunEnv.write(context.home(), variables);
            context.print(Addresses.text(context.home(), fleet, stores));
            var supervisor = new Supervisor(fleet, System::nanoTime, context::say);
            try {
                new Watch(context, supervisor, DatabaseUrl.parse(stores.databaseUrl())).untilInterrupted();
            } catch (InterruptedException stop) {
                // An interrupt is the normal end.
            }
            return !supervisor.hasGivenUp();
        } finally {
            if (!fleet.programs().isEmpty()) {
                context.say("stopping: APIs first, then the workers; each finishes its current work");
            }
            UninterruptedStop.run(() -> {
                fleet.close();
                deleteEnv(context);
            });
        }
    }

    /** @throws Failed another command runs here; two that start at the same instant are told apart by the lock */
    private static PidFile pidFile(CommandContext context) throws IOException, Failed {
        try (var lock = HomeLock.ofCommands(context.home())) {
            refuseSecond(context);
            OurProcess.endedOfUp(context.home()).forEach(PidFile::delete);
            var pidFile = PidFile.of(context.home(), NAME);
            pidFile.write(ProcessHandle.current().pid());
            return pidFile;
        }
    }

    private static void refuseSecond(CommandContext context) throws IOException, Failed {
        for (OurProcess process : OurProcess.all(context.home())) {
            if (process.name().equals(NAME)) {
                throw new Failed(RootLocale.format(
                        "the system is up already (pid %d): see ./pedidos status, stop it with ./pedidos down",
                        process.handle().pid()));
            }
            if (process.kind() == OurProcess.Kind.COMMAND) {
                throw new Failed(RootLocale.format(
                        "another command runs here (%s): wait for its end, or stop it with ./pedidos down",
                        process.name()));
            }
            if (process.isOfUp()) {
                throw new Failed(process.leftFrom("an `up`"));
            }
        }
    }

    private static void deleteEnv(CommandContext context) {
        try {
            RunEnv.delete(context.home());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
