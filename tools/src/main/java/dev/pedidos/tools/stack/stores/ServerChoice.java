package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.config.Settings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Chooses Docker or this machine: where the last ledger is, otherwise Docker if it is available. */
final class ServerChoice {
    private static final String VARIABLE = Settings.DOCKER.name();
    private static final String OFF = "off";

    private final ServerFiles files;
    private final Map<String, String> environment;
    private final Consumer<String> say;

    ServerChoice(ServerFiles files, Map<String, String> environment, Consumer<String> say) {
        this.files = files;
        this.environment = environment;
        this.say = say;
    }

    /** For a database that is remembered: it takes the place of the last ledger only if the variable says so. */
    Servers forLedger() throws IOException, InterruptedException {
        return choose(true);
    }

    /** For a broker alone, or for a run whose database is not remembered. */
    Servers forRun() throws IOException, InterruptedException {
        writePlace();
        return choose(false);
    }

    /** The file of an older version does not name it, and the data of a run may soon lie beside the ledger. */
    private void writePlace() throws IOException {
        Optional<LastDatabase> unplaced = LastDatabase.recall(files.folder()).filter(last -> last.isOf(""));
        if (unplaced.isPresent()) {
            LastDatabase last = unplaced.get();
            new LastDatabase(last.name(), place(last)).write(files.folder());
        }
    }

    private Servers choose(boolean remembered) throws IOException, InterruptedException {
        boolean required = setting().equals("on");
        String last = LastDatabase.recall(files.folder()).map(this::place).orElse("");
        Servers here = new PrivateServers(files, say);
        if (setting().equals(OFF) || (!required && last.equals(LastDatabase.PRIVATE))) {
            return here;
        }
        DockerServers docker = new DockerServers(files, environment);
        Optional<String> trouble = docker.trouble(say);
        if (trouble.isEmpty()) {
            return docker;
        }
        if (required) {
            throw new IOException(VARIABLE + " is on, and Docker cannot be used: " + trouble.get());
        }
        if (remembered && last.equals(LastDatabase.DOCKER)) {
            throw new IOException("The last ledger is in Docker, which cannot be used: " + trouble.get() + ". With "
                    + VARIABLE + "=off this machine's servers are started, with another ledger.");
        }
        if (docker.areInstalled()) {
            say.accept("Docker is not used: " + trouble.get());
        }
        return here;
    }

    /** The servers that have this ledger. */
    Servers of(LastDatabase last) throws IOException, InterruptedException {
        String place = place(last);
        if (place.equals(LastDatabase.PRIVATE) && PrivateServers.haveData(files)) {
            return new PrivateServers(files, say);
        }
        if (!place.equals(LastDatabase.DOCKER)) {
            throw lost("the data under " + files.data("postgres") + " are gone");
        }
        if (setting().equals(OFF)) {
            throw lost("it is in Docker, and " + VARIABLE + " is off");
        }
        DockerServers docker = new DockerServers(files, environment);
        Optional<String> trouble = docker.trouble(say);
        if (trouble.isPresent()) {
            throw lost("it is in Docker, which cannot be used: " + trouble.get());
        }
        if (!docker.haveData()) {
            throw lost("its volume is not in Docker any more");
        }
        return docker;
    }

    private static IOException lost(String why) {
        return new IOException("The last ledger cannot be checked: " + why);
    }

    private String setting() {
        return environment.getOrDefault(VARIABLE, "");
    }

    /** Docker or private, by what lies here if the file does not tell; empty if nothing does. */
    private String place(LastDatabase last) {
        if (last.isOf(LastDatabase.DOCKER) || last.isOf(LastDatabase.PRIVATE)) {
            return last.server();
        }
        if (PrivateServers.haveData(files)) {
            return LastDatabase.PRIVATE;
        }
        return !last.isGiven() && DockerServers.wereUsed(files) ? LastDatabase.DOCKER : "";
    }
}
