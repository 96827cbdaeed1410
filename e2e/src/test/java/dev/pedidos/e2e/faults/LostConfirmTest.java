package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing is lost and nothing takes effect twice if an API does not hear from the broker, or dies. Faults 1 (the
 * confirm is lost), 2 (the message is lost), 8 (killed after the insert, and after the confirm).
 */
class LostConfirmTest {

    private TestSystem system;
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start("lost-confirm", Strike.SETTINGS);
        broker = system.broker();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
        system.close();
    }

    @Test
    void aConfirmOrAMessageThatIsLostCostsACopyAndNothingElse() throws Exception {
        try (var network = new TcpProxy(system.stores().amqpUri())) {
            var client = new Client(system.api(Map.of("AMQP_URI", network.uri())));

            network.swallowAnswers();
            var confirmLost = client.postAsync(Client.simulado("confirm-lost", "rcb-a", "{}"));
            broker.awaitReady(Strike.SHARDS, 1);
            network.heal();
            assertThat(confirmLost.get(20, TimeUnit.SECONDS).status()).isEqualTo(202);
            assertThat(client.post(Client.simulado("confirm-lost", "rcb-a", "{}"))
                            .status())
                    .isEqualTo(200);

            network.swallowRequests();
            long before = broker.ready(Strike.SHARDS);
            var messageLost = client.postAsync(Client.simulado("message-lost", "rcb-b", "{}"));
            system.awaitCount("select count(*) from pedidos", 2);
            assertThat(messageLost.get(20, TimeUnit.SECONDS).status()).isEqualTo(202);
            assertThat(broker.ready(Strike.SHARDS))
                    .as("the broker never had the second")
                    .isEqualTo(before);
            network.heal();

            relayAndWork(3);
        }
    }

    @Test
    void anApiKilledAfterTheNoteOrAfterTheConfirmLosesNothing() throws Exception {
        var other = new Client(system.api());
        var database = system.databaseProxy();
        var first = system.api(Map.of("DATABASE_URL", database.uri()));
        var inserted = database.after(Statements.INSERT, first::kill);
        var killedAfterInsert = new Client(first).postAsync(Client.simulado("inserted", "rcb-a", "{}"));
        inserted.awaitSprung();
        assertThat(killedAfterInsert).failsWithin(20, TimeUnit.SECONDS);
        assertThat(broker.ready(Strike.SHARDS)).as("it was not published").isZero();

        TestProgram second = system.api();
        try (var network = new TcpProxy(second.url().toString())) {
            network.swallowAnswers();
            var killedAfterConfirm = Client.at(network.uri()).postAsync(Client.simulado("confirmed", "rcb-b", "{}"));
            system.awaitCount("select count(*) from pedidos where pedido_id = 'confirmed' and published", 1);
            second.kill();
            assertThat(killedAfterConfirm).failsWithin(20, TimeUnit.SECONDS);
        }
        assertThat(other.post(Client.simulado("inserted", "rcb-a", "{}")).status())
                .isEqualTo(200);
        assertThat(other.post(Client.simulado("confirmed", "rcb-b", "{}")).status())
                .isEqualTo(200);
        relayAndWork(2);
    }

    private void relayAndWork(int messages) throws Exception {
        system.passTimeForConfirms();
        broker.awaitReady(Strike.SHARDS, messages);
        var worker = system.worker();
        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 2);
        system.awaitCount("select count(*) from operation_events where event_type = 'COMPLETED'", 2);
        assertThat(worker.isAlive()).isTrue();
    }
}
