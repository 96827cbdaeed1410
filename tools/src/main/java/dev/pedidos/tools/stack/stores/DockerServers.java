package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Servers in containers, published on the loopback interface only. Their data is in volumes and kept across runs. */
final class DockerServers implements Servers {
    static final String RABBITMQ = "rabbitmq:4-management";
    static final String POSTGRES = "postgres:17";
    private static final Duration PULL = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Docker docker;
    private final Secrets secrets;

    DockerServers(ServerFiles files) throws IOException {
        this(files, System.getenv());
    }

    DockerServers(ServerFiles files, Map<String, String> environment) throws IOException {
        this.docker = new Docker(files.log("docker"), environment);
        this.secrets = new Secrets(files.secrets("docker"));
    }

    /** True if a run had its servers in Docker. */
    static boolean wereUsed(ServerFiles files) {
        return Files.exists(files.secrets("docker"));
    }

    boolean areInstalled() {
        return docker.isInstalled();
    }

    /** Why they cannot be used, and what to do; empty if an engine answers and has the images, or gets them in time. */
    Optional<String> trouble(Consumer<String> say) throws IOException, InterruptedException {
        Optional<String> ofEngine = docker.trouble();
        if (ofEngine.isPresent() || hasImages(say)) {
            return ofEngine;
        }
        return Optional.of(RootLocale.format(
                "%s and %s could not be pulled within %d s, pull them with docker pull; see %s",
                RABBITMQ, POSTGRES, PULL.toSeconds(), docker.log()));
    }

    boolean haveData() throws IOException, InterruptedException {
        return docker.hasVolume(container("postgres"));
    }

    private boolean hasImages(Consumer<String> say) throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String image : List.of(RABBITMQ, POSTGRES)) {
            if (!docker.has(image)) {
                missing.add(image);
            }
        }
        if (missing.isEmpty()) {
            return true;
        }
        say.accept(RootLocale.format(
                "Docker: pulling %s (at most %d s)", String.join(" and ", missing), PULL.toSeconds()));
        try (Together together = new Together()) {
            List<Together.Result<Boolean>> pulls = missing.stream()
                    .map(image -> together.start(() -> docker.pull(image, PULL)))
                    .toList();
            boolean all = true;
            for (Together.Result<Boolean> pull : pulls) {
                all &= pull.get();
            }
            return all;
        }
    }

    @Override
    public Broker openBroker() throws IOException, InterruptedException {
        return new DockerRabbit(docker, container("rabbitmq"), secrets).open();
    }

    @Override
    public DatabaseUrls openDatabase() throws IOException, InterruptedException {
        return new DockerPostgres(docker, container("postgres"), secrets).open();
    }

    static IOException notUp(String container) {
        return new IOException(RootLocale.format("""
                The container %s did not come up; see docker logs %s. With PEDIDOS_DOCKER=off, RabbitMQ and PostgreSQL of this machine \
                is started instead.""", container, container));
    }

    /** Names of the running containers, by server; none if the engine does not answer. */
    Map<String, String> running() throws IOException, InterruptedException {
        Map<String, String> running = new LinkedHashMap<>();
        if (docker.trouble().isPresent()) {
            return running;
        }
        for (String server : List.of("rabbitmq", "postgres")) {
            String container = container(server);
            if (docker.runs(container)) {
                running.put(server, container);
            }
        }
        return running;
    }

    @Override
    public boolean stop() throws IOException, InterruptedException {
        boolean something = false;
        try (Together together = new Together()) {
            Together.Result<Boolean> broker = together.start(() -> remove("rabbitmq"));
            something |= remove("postgres");
            something |= broker.get();
        }
        return something;
    }

    private boolean remove(String server) throws IOException, InterruptedException {
        String container = container(server);
        boolean runs = docker.runs(container);
        if (runs) {
            docker.remove(container, STOP);
        }
        return runs;
    }

    /**
     * Named by a random id in this folder, not by its path: a folder that is created again begins with an empty volume.
     */
    private String container(String server) throws IOException {
        return RootLocale.format("pedidos-%s-%s", secrets.password("home").substring(0, 8), server);
    }
}
