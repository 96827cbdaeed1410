package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A broker node and a database server under a folder of their own, to be killed, stopped and started again.
 * Nobody else may use that folder. They are always started on this machine: servers that the environment or Docker gives
 * must not be killed.
 */
public final class KillableServers implements AutoCloseable {
    private final PrivateServers servers;
    private final LocalRabbit rabbit;
    private final LocalPostgres postgres;
    private final Consumer<String> say;

    private KillableServers(ServerFiles files, Consumer<String> say) throws IOException {
        this.servers = new PrivateServers(files, say);
        this.rabbit = new LocalRabbit(files, say);
        this.postgres = new LocalPostgres(files, say);
        this.say = say;
    }

    /** Starts both, the broker empty; if one does not start, nothing is left running. */
    public static KillableServers open(Path folder, Consumer<String> say) throws IOException, InterruptedException {
        FolderServers.stopLeftOver(folder);
        var opened = new KillableServers(new ServerFiles(folder), say);
        opened.rabbit.forgetData();
        try (Together together = new Together()) {
            var broker = together.start(opened.rabbit::open);
            opened.postgres.open();
            broker.get();
        } catch (IOException | InterruptedException e) {
            Thread.interrupted();
            opened.close();
            throw e;
        }
        return opened;
    }

    /**
     * A new database and vhost, which last as long as these servers, closed or not. RabbitMQ 3.10 does not survive the
     * deletion of a vhost whose quorum queues are still being recovered: the supervisor of their dead-letter workers
     * ends, and every later declaration is answered with 541.
     */
    public Stores fresh(String name) throws IOException, InterruptedException {
        Stores fresh = new Stores(rabbit.broker(), postgres.database(), Optional.empty(), List.of(), say).fresh(name);
        fresh.keep();
        return fresh;
    }

    public String amqpUri() throws IOException {
        return rabbit.broker().amqpUri();
    }

    /**
     * An answer of the broker's management API.
     *
     * @throws IOException the broker is down or refuses
     */
    public String manage(String method, String path) throws IOException, InterruptedException {
        return rabbit.management().ask(method, path, "");
    }

    public String databaseUrl() throws IOException {
        return postgres.database().url();
    }

    public String databaseAdminUrl() throws IOException {
        return postgres.database().adminUrl();
    }

    /** The same database for the role that may end other roles' connections. */
    public String databaseSuperuserUrl() throws IOException {
        return Address.of(postgres.superuserUrl())
                .with(Address.of(postgres.database().url()).path());
    }

    /** Kills the broker, as a power cut does. */
    public void killBroker() throws IOException, InterruptedException {
        rabbit.kill();
    }

    /** Returns when it answers. */
    public void startBroker() throws IOException, InterruptedException {
        rabbit.open();
    }

    /** For example {@code "stop_app"}. */
    public void rabbitmqctl(String... words) throws IOException, InterruptedException {
        rabbit.control(List.of(words));
    }

    /** Crashes the database, as {@code pg_ctl stop -m immediate} does. */
    public void crashDatabase() throws IOException, InterruptedException {
        postgres.stopImmediately();
    }

    /** Returns when it answers. */
    public void startDatabase() throws IOException, InterruptedException {
        postgres.open();
    }

    @Override
    public void close() {
        try {
            servers.stop();
        } catch (IOException e) {
            say.accept("Not everything could be stopped: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
