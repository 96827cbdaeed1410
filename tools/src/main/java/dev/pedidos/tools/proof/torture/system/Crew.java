package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.RunEnv;
import dev.pedidos.tools.stack.processes.FreePort;
import dev.pedidos.tools.stack.processes.Program;
import dev.pedidos.tools.stack.processes.ProgramAddress;
import dev.pedidos.tools.stack.processes.ProgramFailed;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * All programs, each behind proxies of its own. Programs that end by themselves are started again, as an orchestrator
 * would.
 */
public final class Crew implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    private static final Duration END_WITHIN = Duration.ofSeconds(15);

    private static final String LOOPBACK = "127.0.0.1";

    private final Home home;
    private final KillableServers servers;
    private final SigningSecretsFile webhookSecrets;
    private final int lote;
    private final FreePort ports = new FreePort();
    private final List<FleetMember> apis = new ArrayList<>();
    private final List<FleetMember> workers = new ArrayList<>();
    private final AtomicInteger fallen = new AtomicInteger();
    private final Thread keeper = Thread.ofVirtual().unstarted(this::keep);

    /** @param lote the most pedidos that a worker puts into one transaction */
    public Crew(Home home, KillableServers servers, SigningSecretsFile webhookSecrets, int lote) {
        this.home = home;
        this.servers = servers;
        this.webhookSecrets = webhookSecrets;
        this.lote = lote;
    }

    /** Returns when all are ready. */
    public void start(int apiCount, int workerCount) throws IOException, InterruptedException {
        for (int i = 1; i <= apiCount; i++) {
            apis.add(member("api-" + i, ProgramAddress.API));
        }
        for (int i = 1; i <= workerCount; i++) {
            workers.add(member("worker-" + i, ProgramAddress.WORKER));
        }
        try (var http = HttpClient.newHttpClient()) {
            for (FleetMember member : all()) {
                member.awaitReady(http);
            }
        }
        keeper.start();
    }

    private FleetMember member(String name, ProgramAddress kind) throws IOException {
        var broker = new NetworkLink(() -> URI.create(servers.amqpUri()).getPort());
        var database = new NetworkLink(() -> URI.create(servers.databaseUrl()).getPort());
        int port = ports.from(0);
        Map<String, String> environment = ProgramSettings.forTorture();
        environment.put(RunEnv.AMQP_URI, through(broker, servers.amqpUri()));
        environment.put(RunEnv.DATABASE_URL, through(database, servers.databaseUrl()));
        environment.put(Settings.DATABASE_ADMIN_URL.name(), through(database, servers.databaseAdminUrl()));
        environment.put(
                Settings.WEBHOOK_SECRET_FILE.name(), webhookSecrets.path().toString());
        environment.put(Settings.LOTE.name(), Integer.toString(lote));
        environment.put(Settings.API_HOST.name(), LOOPBACK);
        environment.put(Settings.WORKER_HOST.name(), LOOPBACK);
        environment.put(kind.port().name(), Integer.toString(port));
        return new FleetMember(
                home, new Program(name, home.jar(kind.module()), LOOPBACK, port, environment), broker, database);
    }

    private static String through(NetworkLink proxy, String url) {
        return url.replaceFirst("(@[^:/]+:)\\d+", "$1" + proxy.port());
    }

    public List<FleetMember> apis() {
        return apis;
    }

    public List<FleetMember> workers() {
        return workers;
    }

    public List<FleetMember> all() {
        return Stream.concat(apis.stream(), workers.stream()).toList();
    }

    /** How often a program ended by itself. */
    public int fallen() {
        return fallen.get();
    }

    /** Heals every network, starts every program that is down, and waits until all are ready. */
    public void heal() throws IOException, InterruptedException {
        for (FleetMember member : all()) {
            member.broker().heal();
            member.database().heal();
            member.signal("-CONT");
            member.revive();
        }
        try (var http = HttpClient.newHttpClient()) {
            for (FleetMember member : all()) {
                awaitReady(member, http);
            }
        }
    }

    /** A program that ends during its start is started again by the keeper: it has one more chance. */
    private static void awaitReady(FleetMember member, HttpClient http) throws IOException, InterruptedException {
        try {
            member.awaitReady(http);
        } catch (ProgramFailed first) {
            Thread.sleep(LOOK_EVERY.multipliedBy(2));
            member.awaitReady(http);
        }
    }

    private void keep() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                for (FleetMember member : all()) {
                    if (member.reviveFallen()) {
                        fallen.incrementAndGet();
                    }
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("a program cannot be started again", e);
        }
    }

    @Override
    public void close() {
        keeper.interrupt();
        try {
            keeper.join();
            for (FleetMember member : all()) {
                member.signal("-CONT");
                member.broker().heal();
                member.database().heal();
            }
            for (FleetMember member : all()) {
                member.terminate(END_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            all().forEach(FleetMember::close);
        }
    }
}
