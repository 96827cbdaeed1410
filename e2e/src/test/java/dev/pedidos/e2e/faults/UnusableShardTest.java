package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.QueueLeader;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.tools.stack.stores.KillableServers;
import dev.pedidos.tools.stack.stores.Stores;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fault 38: the broker does not let workers consume one shard. */
class UnusableShardTest {

    private interface Step {
        void run() throws Exception;
    }

    private interface Repair {
        void run(TestProgram worker) throws Exception;
    }

    private static final List<String> SHARDS = TestBroker.shardQueues(TestSystem.SHARDS);
    private static final String SHARD = SHARDS.get(1);
    private static final String NOT_THE_SHARD = "^(?!" + SHARD + "$)";
    private static final int RECEIVERS = 24;
    private static final String COMPLETED = "select count(*) from pedidos where status = 'COMPLETED'";
    private static final String SAID = "a shard cannot be consumed; the others go on";

    private static KillableServers servers;

    @BeforeAll
    static void open() throws Exception {
        servers = OwnServers.open("unusable-shard");
    }

    @AfterAll
    static void close() {
        servers.close();
    }

    @Test
    void withoutALeaderItHoldsUpNoOtherShard() throws Exception {
        var stores = servers.fresh("no_leader");
        var leader = new QueueLeader(servers, stores, SHARD);
        holdsUpNoOtherShard(stores, leader::suspend, worker -> leader.resume());
    }

    @Test
    void withoutTheRightToReadItHoldsUpNoOtherShard() throws Exception {
        var stores = servers.fresh("no_right");
        holdsUpNoOtherShard(stores, () -> permitToRead(stores, NOT_THE_SHARD), worker -> permitToRead(stores, ".*"));
    }

    @Test
    void withoutAConnectionToSpareItIsTriedOnThatOfTheOthers() throws Exception {
        var stores = servers.fresh("no_connection");
        holdsUpNoOtherShard(stores, () -> permitToRead(stores, NOT_THE_SHARD), worker -> {
            servers.rabbitmqctl("set_vhost_limits", "-p", vhost(stores), "{\"max-connections\":0}");
            Awaitility.await("no connection for a trial")
                    .until(() -> worker.log().contains("shards cannot be tried on a connection of their own"));
            permitToRead(stores, ".*");
        });
    }

    private static void permitToRead(Stores stores, String names) throws Exception {
        var uri = URI.create(stores.amqpUri());
        servers.rabbitmqctl(
                "set_permissions", "-p", vhost(stores), uri.getUserInfo().split(":")[0], ".*", ".*", names);
    }

    private static String vhost(Stores stores) {
        return URI.create(stores.amqpUri()).getPath().substring(1);
    }

    private static void holdsUpNoOtherShard(Stores stores, Step fault, Repair repair) throws Exception {
        try (var system = TestSystem.on(stores, Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var broker = system.broker()) {
            var client = new Client(system.apiByLedger());
            post(client, "before");
            broker.awaitReady(SHARDS, RECEIVERS);
            long ofOthers = RECEIVERS - broker.ready(SHARD);
            assertThat(ofOthers).isBetween(1L, RECEIVERS - 1L);
            fault.run();
            var worker = system.workerBegun(Map.of());
            system.awaitCount(COMPLETED, ofOthers);

            Awaitility.await("it names the shard").until(() -> said(worker).contains(SHARD));
            long connected = connected(worker);
            post(client, "meanwhile");
            system.awaitCount(COMPLETED, 2 * ofOthers);
            assertThat(connected(worker)).isEqualTo(connected);

            repair.run(worker);
            system.awaitCount(COMPLETED, 2 * RECEIVERS);
            assertThat(said(worker).lines()).hasSizeLessThan(4);
        }
    }

    private static void post(Client client, String name) throws Exception {
        for (int i = 0; i < RECEIVERS; i++) {
            Crowd.mustBeAccepted(client.post(Client.simulado(name + "-" + i, "rcb-" + i, "{}")));
        }
    }

    private static String said(TestProgram worker) throws Exception {
        return String.join(
                "\n", worker.log().lines().filter(line -> line.contains(SAID)).toList());
    }

    private static long connected(TestProgram worker) throws Exception {
        return worker.log()
                .lines()
                .filter(line -> line.contains("worker-consume: connected to the broker"))
                .count();
    }
}
