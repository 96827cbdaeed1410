package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.pedidos.shared.ledger.Durability;
import dev.pedidos.tools.stack.home.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, started once: the tests follow their life. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FolderServersTest {
    private static final Map<String, String> PRIVATE = Map.of("PEDIDOS_DOCKER", "off");
    private static final List<String> SAID = new ArrayList<>();

    @TempDir
    static Path home;

    private static ServerSocket occupied;
    private static Stores stores;

    @BeforeAll
    static void start() throws Exception {
        occupied = new ServerSocket(LoopbackPorts.first(home, 0), 1, InetAddress.getLoopbackAddress());
        stores = StoresFinder.open(home, PRIVATE, SAID::add);
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
        FolderServers.stopLeftOver(home);
        occupied.close();
    }

    @Test
    @Order(1)
    void theDatabaseDoesNotForgetWhatItCommitted() throws Exception {
        for (String setting : Durability.SETTINGS) {
            assertThat(query(stores.databaseUrl(), "show " + setting))
                    .as(setting)
                    .isEqualTo("on");
        }
        assertThat(query(stores.databaseUrl(), "show max_connections")).isEqualTo("200");
    }

    @Test
    @Order(2)
    void theProgramsRoleOwnsNothingAndMayNotCreate() throws Exception {
        assertThat(query(stores.databaseUrl(), "select current_user")).isEqualTo("pedidos_app");
        assertThat(query(
                        stores.databaseAdminUrl(),
                        "select pg_get_userbyid(datdba) from pg_database where datname = 'pedidos'"))
                .isEqualTo("pedidos_admin");
        for (String kind : List.of("", "temporary ")) {
            assertThatThrownBy(() -> execute(stores.databaseUrl(), "create " + kind + "table forbidden (id int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    @Order(3)
    void theBrokerHashesConsistently() throws Exception {
        try (Connection connection = connect(stores);
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("hash-of-this-test", "x-consistent-hash", false, true, Map.of());
            channel.exchangeDelete("hash-of-this-test");
        }
    }

    @Test
    @Order(4)
    void aTakenPortIsLeftToWhoeverHasIt() {
        assertThat(Address.of(stores.amqpUri()).port(0)).isGreaterThan(LoopbackPorts.first(home, 0));
    }

    @Test
    @Order(5)
    void secretsCanBeReadByTheirOwnerOnly() throws Exception {
        for (String file : List.of(
                "postgres/secrets.properties",
                "rabbitmq/secrets.properties",
                "rabbitmq/rabbitmq.conf",
                "rabbitmq/home/.erlang.cookie")) {
            assertThat(permissions(file)).as(file).isEqualTo("rw-------");
        }
        assertThat(home.resolve("rabbitmq/home/.erlang.cookie"))
                .hasContent(new Secrets(new ServerFiles(home).secrets("rabbitmq")).password("cookie"));
    }

    @Test
    @Order(5)
    void messagesAndLogsCanBeReachedByTheirOwnerOnly() throws Exception {
        for (String folder : List.of("rabbitmq", "log", "postgres/data")) {
            assertThat(permissions(folder)).as(folder).isEqualTo("rwx------");
        }
    }

    @Test
    @Order(6)
    void freshStoresAreApartFromTheOthersAndVanish() throws Exception {
        String database;
        String amqpUri;
        try (Stores fresh = stores.fresh("This Test")) {
            database = Address.of(fresh.databaseUrl()).path();
            amqpUri = fresh.amqpUri();
            assertThat(database).startsWith("pedidos_this_test_");
            assertThat(fresh.prefix()).isEmpty();
            execute(fresh.databaseAdminUrl(), "create table only_here (id int)");
            try (Connection connection = connect(fresh);
                    Channel channel = connection.createChannel()) {
                channel.exchangeDeclare("only-here", BuiltinExchangeType.FANOUT, true);
            }
            assertThat(query(stores.databaseUrl(), "select to_regclass('only_here') is null"))
                    .isEqualTo("t");
        }
        assertThat(query(stores.databaseUrl(), "select count(*) from pg_database where datname = '" + database + "'"))
                .isEqualTo("0");
        assertThatThrownBy(() -> connect(amqpUri)).isInstanceOf(IOException.class);
    }

    @Test
    @Order(7)
    void freshStoresThatAreKeptStay() throws Exception {
        Stores kept = stores.fresh("kept");
        kept.keep();
        kept.close();
        assertThat(query(kept.databaseUrl(), "select 1")).isEqualTo("1");
        connect(kept).close();
    }

    @Test
    @Order(8)
    void whoLeavesWhileAnotherWorksWithTheServersLeavesThemRunning() throws Exception {
        Stores second = StoresFinder.open(home, PRIVATE, SAID::add);
        assertThat(second.amqpUri()).isEqualTo(stores.amqpUri());
        assertThat(second.databaseUrl()).isEqualTo(stores.databaseUrl());
        second.close();
        assertThat(query(stores.databaseUrl(), "select 1")).isEqualTo("1");
        connect(stores).close();
    }

    @Test
    @Order(8)
    void aLastLedgerThatCannotBeHadRefusesOnlyWhatWouldTakeItsPlace() throws Exception {
        Map<String, String> noDocker = Map.of("PATH", home.toString());
        Map<String, String> given = new HashMap<>(noDocker);
        given.put("DATABASE_URL", stores.databaseUrl());
        given.put("PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl());
        Files.writeString(Home.lastDatabase(home), "pedidos\ndocker\n");
        try (Stores brokerAlone = StoresFinder.open(home, given, SAID::add);
                Stores forRun = StoresFinder.openForRun(home, noDocker, SAID::add)) {
            assertThat(brokerAlone.amqpUri()).isEqualTo(stores.amqpUri());
            assertThat(forRun.databaseUrl()).isEqualTo(stores.databaseUrl());
            assertThatThrownBy(() -> StoresFinder.open(home, noDocker, SAID::add))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("The last ledger is in Docker");
            assertThat(Home.lastDatabase(home)).hasContent("pedidos\ndocker\n");
        } finally {
            Files.delete(Home.lastDatabase(home));
        }
    }

    @Test
    @Order(8)
    void aDatabaseThatRunsAlreadyIsRefusedIfItMayLoseACommit() throws Exception {
        String superuser = new LocalPostgres(new ServerFiles(home), SAID::add).superuserUrl();
        execute(superuser, "alter role postgres set synchronous_commit = off");
        try {
            assertThatThrownBy(() -> StoresFinder.open(home, PRIVATE, SAID::add))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("synchronous_commit");
        } finally {
            execute(superuser, "alter role postgres reset synchronous_commit");
        }
        connect(stores).close();
    }

    @Test
    @Order(9)
    void theLastToLeaveStopsThemAndTheNextFindsWhatWasCommitted() throws Exception {
        execute(stores.databaseAdminUrl(), "create table remembered (id int)");
        stores.close();
        Files.setPosixFilePermissions(home.resolve("log"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(LoopbackPorts.answers(Address.of(stores.amqpUri()).port(0))).isFalse();
        assertThat(LoopbackPorts.answers(Address.of(stores.databaseUrl()).port(0)))
                .isFalse();
        int portMapper = new Secrets(new ServerFiles(home).secrets("rabbitmq")).port("epmd");
        assertThat(Waiting.until(Duration.ofSeconds(10), () -> !LoopbackPorts.answers(portMapper)))
                .as("the port mapper has ended")
                .isTrue();
        stores = StoresFinder.open(home, PRIVATE, SAID::add);
        assertThat(query(stores.databaseAdminUrl(), "select to_regclass('remembered') is null"))
                .isEqualTo("f");
        assertThat(permissions("log")).isEqualTo("rwx------");
    }

    @Test
    @Order(10)
    void whatAKilledProcessLeftIsReused() throws Exception {
        String before =
                Files.readString(home.resolve("run/rabbitmq.pid")) + Files.readString(home.resolve("run/postgres.pid"));
        abandon();
        Stores next = StoresFinder.open(home, PRIVATE, SAID::add);
        assertThat(Files.readString(home.resolve("run/rabbitmq.pid"))
                        + Files.readString(home.resolve("run/postgres.pid")))
                .isEqualTo(before);
        assertThat(query(next.databaseUrl(), "select 1")).isEqualTo("1");
        connect(next).close();
        stores = next;
    }

    @Test
    @Order(11)
    void whatAKilledProcessLeftCanBeStoppedFromAnother() throws Exception {
        abandon();
        assertThat(FolderServers.stopLeftOver(home)).isTrue();
        assertThat(LoopbackPorts.answers(Address.of(stores.amqpUri()).port(0))).isFalse();
        assertThat(LoopbackPorts.answers(Address.of(stores.databaseUrl()).port(0)))
                .isFalse();
        assertThat(home.resolve("run/rabbitmq.pid")).doesNotExist();
        assertThat(home.resolve("run/postgres.pid")).doesNotExist();
        assertThat(FolderServers.stopLeftOver(home)).isFalse();
    }

    @Test
    @Order(12)
    void nothingThatWasSaidTellsAPassword() {
        assertThat(String.join("\n", SAID))
                .doesNotContain(Address.of(stores.amqpUri()).password());
    }

    private static String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(path)));
    }

    /** As if the process that opened them had been killed: nothing is closed, and its note names a dead process. */
    private static void abandon() throws IOException {
        Path users = home.resolve("run/stores.users");
        try (var notes = Files.list(users)) {
            for (Path note : notes.toList()) {
                Files.move(note, users.resolve("999999999-0-" + Secrets.random(4)));
            }
        }
    }

    private static Connection connect(Stores stores) throws Exception {
        return connect(stores.amqpUri());
    }

    private static Connection connect(String amqpUri) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(amqpUri);
        return factory.newConnection("stores-test");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (var connection = Address.of(url).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String url, String sql) throws SQLException {
        try (var connection = Address.of(url).connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
