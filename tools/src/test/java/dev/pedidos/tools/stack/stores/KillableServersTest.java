package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillableServersTest {

    @TempDir
    static Path home;

    private static KillableServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = KillableServers.open(home, line -> {});
        // Well before the broker is killed: within a second of its declaration a quorum queue is not whole on the disk
        // of
        // 3.10.8, and comes back without a leader.
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare("kept", true, false, false, Map.of("x-queue-type", "quorum"));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
        assertThat(Ports.answers(Address.of(servers.amqpUri()).port(0)))
                .as("broker")
                .isFalse();
        assertThat(Ports.answers(Address.of(servers.databaseUrl()).port(0)))
                .as("database")
                .isFalse();
    }

    @Test
    @Order(1)
    void a_broker_that_raises_an_alarm_blocks_who_publishes() throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            CountDownLatch blocked = new CountDownLatch(1);
            CountDownLatch unblocked = new CountDownLatch(1);
            connection.addBlockedListener(reason -> blocked.countDown(), unblocked::countDown);
            servers.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1");
            channel.basicPublish("", "nowhere", null, new byte[1]);
            assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
            servers.rabbitmqctl("set_vm_memory_high_watermark", "0.4");
            assertThat(unblocked.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @Order(2)
    void a_database_stopped_at_once_comes_back_on_its_port_with_what_was_committed() throws Exception {
        try (var connection = Address.of(servers.databaseAdminUrl()).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table committed (id int)");
            servers.crashDatabase();
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        }
        servers.startDatabase();
        try (var connection = Address.of(servers.databaseAdminUrl()).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table committed");
        }
    }

    @Test
    @Order(3)
    void a_killed_broker_comes_back_on_its_port_with_what_it_had_confirmed() throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, new byte[1]);
            channel.waitForConfirmsOrDie(10_000);
            servers.killBroker();
        } catch (IOException | com.rabbitmq.client.AlreadyClosedException cut) {
            assertThatThrownBy(KillableServersTest::connect).isInstanceOf(IOException.class);
        }
        servers.startBroker();
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            assertThat(channel.basicGet("kept", true)).isNotNull();
        }
    }

    @Test
    @Order(4)
    void a_replaced_broker_is_empty() throws Exception {
        servers.replaceBroker();
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            assertThatThrownBy(() -> channel.queueDeclarePassive("kept"))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("NOT_FOUND");
        }
    }

    private static Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(servers.amqpUri());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection("killable-test");
    }
}
