package dev.pedidos.tools.cli.proof;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.Numbers;
import dev.pedidos.tools.proof.torture.TorturePlan;
import dev.pedidos.tools.proof.torture.TortureRun;
import dev.pedidos.tools.proof.torture.faults.Fault;
import dev.pedidos.tools.proof.torture.faults.Faults;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.HomeLock;
import dev.pedidos.tools.stack.home.OurProcess;
import dev.pedidos.tools.stack.home.PidFile;
import dev.pedidos.tools.stack.processes.LocalFleet;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Breaks a system of its own on purpose and proves that every promise was kept. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description = "Run a private system under load, kill, cut and stop its parts by a seed, and prove every law.")
public final class Torture implements Callable<Integer> {
    private static final String NAME = "torture";
    private static final double MOST_MINUTES = 24 * 60;
    private static final int MOST_PROGRAMS = 16;
    private static final int MOST_IN_A_LOT = 100;
    private static final int MOST_PER_SECOND = 2_000;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long faults are injected (${DEFAULT-VALUE}); 0.5 is half a minute.")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Chooses the pedidos, and the faults with their times and lengths (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--apis", paramLabel = "N", defaultValue = "2", description = "APIs (${DEFAULT-VALUE}).")
    private int apis;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "3", description = "Workers (${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--lote",
            paramLabel = "N",
            defaultValue = "1",
            description = "Pedidos of a shard in one transaction, PEDIDOS_LOTE (${DEFAULT-VALUE}).")
    private int lote;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "150",
            description = "Pedidos per second (${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--faults", paramLabel = "NAME", split = ",", description = "Only these faults (default: all).")
    private List<String> faults = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        var plan = plan();
        onlyErrorsOfTheBroker();
        var context = CommandContext.of(spec);
        LocalFleet.checkBuilt(context.home());
        var home = context.home().ofTorture();
        var pidFile = pidFile(home);
        try {
            return new TortureRun(home, plan, context::say, context::print).run() ? 0 : 1;
        } finally {
            pidFile.delete();
        }
    }

    /** @throws Failed another run goes on; two that start at the same instant are told apart by the lock */
    private static PidFile pidFile(Home home) throws IOException, Failed {
        try (var lock = HomeLock.ofCommands(home)) {
            var pidFile = PidFile.of(home, NAME);
            if (pidFile.process("tools.jar").isPresent()) {
                throw new Failed(
                        "a torture run is already in progress: wait for its end, or stop it with ./pedidos down");
            }
            refuseBesideLeftPrograms(home);
            pidFile.write(ProcessHandle.current().pid());
            return pidFile;
        }
    }

    /** It would start programs of the same names: nothing would know of the ones that live. */
    private static void refuseBesideLeftPrograms(Home home) throws IOException, Failed {
        var left = OurProcess.all(home);
        if (!left.isEmpty()) {
            throw new Failed(left.getFirst().leftFrom("a torture run"));
        }
    }

    /** A broker that is down is what this command is for: the clients need not log it each time. */
    private static void onlyErrorsOfTheBroker() {
        if (LoggerFactory.getLogger(BrokerLink.class) instanceof Logger link) {
            link.setLevel(Level.ERROR);
        }
    }

    private TorturePlan plan() {
        if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new ParameterException(
                    spec.commandLine(), RootLocale.format("--minutes must be above 0 and at most %.0f", MOST_MINUTES));
        }
        return new TorturePlan(
                Duration.ofMillis(Math.round(minutes * 60_000)),
                seed,
                Numbers.checked(spec, "--apis", apis, 1, MOST_PROGRAMS),
                Numbers.checked(spec, "--workers", workers, 1, MOST_PROGRAMS),
                Numbers.checked(spec, "--lote", lote, 1, MOST_IN_A_LOT),
                Numbers.checked(spec, "--rate", rate, 1, MOST_PER_SECOND),
                faults());
    }

    private List<Fault> faults() {
        var known = Faults.ALL.stream().map(Fault::name).toList();
        for (String name : faults) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        RootLocale.format("--faults: there is no fault %s, only %s", name, String.join(", ", known)));
            }
        }
        return Faults.ALL.stream()
                .filter(fault -> faults.isEmpty() || faults.contains(fault.name()))
                .toList();
    }
}
