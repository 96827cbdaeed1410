package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where an engine with the images answers. */
class DockerServersTest {
    @TempDir
    Path home;

    @Test
    void containersAreDurableReusedAndKeepTheirDataInVolumes() throws Exception {
        ServerFiles files = new ServerFiles(home);
        Docker docker = new Docker(files.log("docker"), System.getenv());
        assumeThat(docker.trouble().isEmpty()
                        && docker.has(DockerServers.RABBITMQ)
                        && docker.has(DockerServers.POSTGRES))
                .isTrue();
        List<String> volumes = List.of();
        try {
            String amqpUri = open();
            Stores again = StoresFinder.open(home, choosing("on"), line -> {});
            assertThat(again.amqpUri())
                    .as("the broker that a killed process left")
                    .isEqualTo(amqpUri);
            assertThat(show(again, "fsync")).isEqualTo("on");
            assertThat(show(again, "max_connections")).isEqualTo("200");
            try (Stores fresh = again.fresh("docker")) {
                assertThat(fresh.prefix()).isEmpty();
                assertThat(FreshVhost.opens(fresh.amqpUri())).isTrue();
            }
            volumes = List.copyOf(FolderServers.containers(home).values());
            assertThat(volumes).hasSize(2);
            assertThat(FolderServers.stopLeftOver(home)).isTrue();
            assertThat(FolderServers.containers(home)).isEmpty();
            assertThat(FreshVhost.opens(amqpUri)).isFalse();
            assertThat(FolderServers.stopLeftOver(home)).isFalse();
        } finally {
            FolderServers.stopLeftOver(home);
            for (String volume : volumes) {
                new ProcessBuilder("docker", "volume", "rm", "-f", volume)
                        .start()
                        .waitFor();
            }
        }
    }

    private String open() throws Exception {
        return StoresFinder.open(home, choosing("auto"), line -> {}).amqpUri();
    }

    private static Map<String, String> choosing(String docker) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PEDIDOS_DOCKER", docker);
        return environment;
    }

    private static String show(Stores stores, String setting) throws Exception {
        try (var connection = Address.of(stores.databaseUrl()).connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
