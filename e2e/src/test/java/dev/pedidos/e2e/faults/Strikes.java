package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Delivery;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.PostgresProxy;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The faults that both the programs as they are and those with seeded bugs are put under. */
public final class Strikes {

    private static final List<String> SHARDS = TestBroker.shardQueues(4);
    private static final String COMPLETED = "select count(*) from pedidos where status = 'COMPLETED'";
    private static final String WAITING_FOR_A_TURN =
            "select count(*) from pg_locks where not granted and locktype = 'advisory'";
    /** Shorter than the database lets a transaction lie idle. */
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(15);

    private Strikes() {}

    /** No fault at all: a mix of what there is. */
    public static void nothing(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        system.worker();
        witness.send(List.of(api), 8, mix(12, 8));
    }

    /**
     * Messages come in any order, more than once, and two of one receiver are worked on at the same time: what hand-overs,
     * lost confirms and two owners of a shard lead to. (Faults 21, 22.)
     */
    public static void jumble(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        var bodies = mix(12, 8);
        witness.send(List.of(api), 1, bodies);
        try (var broker = system.broker()) {
            broker.awaitReady(SHARDS, bodies.size());
            List<Delivery> messages = new ArrayList<>(broker.take(SHARDS, bodies.size()));
            messages.addAll(messages.subList(0, messages.size() / 2));
            var random = new Random(1);
            Collections.shuffle(messages, random);
            for (var message : messages) {
                broker.put(SHARDS.get(random.nextInt(SHARDS.size())), message);
            }
        }
        system.worker();
    }

    /** A pedido's first message comes once more while it waits for its next attempt. (Fault 21.) */
    public static void repeatWhileRetrying(TestSystem system, Witness witness) throws Exception {
        var late = Map.of("PEDIDOS_RETRY_BASE_MS", "3000", "PEDIDOS_RETRY_MAX_MS", "3000");
        var api = system.api(late);
        var message = accepted(system, api, witness, Client.simulado("retried", "rcb", "{\"falhas_transitorias\":1}"));
        var worker = system.worker(late);
        put(system, SHARDS.get(0), message);
        system.awaitCount("select count(*) from pedidos where status = 'RETRYING'", 1);
        put(system, SHARDS.get(1), message);
        Awaitility.await("both deliveries have ended").until(() -> worker.metric("pedidos_endings_total") >= 2);
    }

    /** A worker is killed when its pedido is committed and the next one of the receiver waits parked. (Fault 13.) */
    public static void killBeforeGoingOn(TestSystem system, Witness witness) throws Exception {
        var pair = new Pair(system, witness);
        var database = system.databaseProxy();
        var doomed = system.worker(Map.of("DATABASE_URL", database.uri()));
        var trap = database.after(Strikes::isFinish, doomed::kill);
        pair.put(SHARDS.get(0), pair.next());
        system.awaitCount("select count(*) from pedidos where parked", 1);
        pair.put(SHARDS.get(0), pair.head());
        trap.awaitSprung();
        system.worker();
    }

    /** A worker is killed before any of the pedidos that it has in hand is committed. (Fault 13.) */
    public static void killBeforeCommit(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        var database = system.databaseProxy();
        var doomed = system.worker(Map.of("DATABASE_URL", database.uri()));
        var trap = database.before(Strikes::isFinish, doomed::kill);
        witness.send(List.of(api), 4, mix(12, 2));
        trap.awaitSprung();
        system.worker();
    }

    /** One is set aside as not the head, at the moment when the head is finished by another thread. (Fault 22.) */
    public static void finishWhileParking(TestSystem system, Witness witness) throws Exception {
        var pair = new Pair(system, witness);
        var database = system.databaseProxy();
        system.worker(Map.of("DATABASE_URL", database.uri()));
        var trap = database.hold(Strikes::isPark, () -> {
            pair.put(SHARDS.get(1), pair.head());
            awaitHeld(
                    "the head is finished, or cannot be",
                    () -> system.count(COMPLETED) == 1 || system.count(WAITING_FOR_A_TURN) > 0);
        });
        pair.put(SHARDS.get(0), pair.next());
        trap.awaitSprung();
    }

    /** One waits for its receiver's turn while the head is being finished by another thread. (Fault 22.) */
    public static void finishWhileEntering(TestSystem system, Witness witness) throws Exception {
        var pair = new Pair(system, witness);
        var database = system.databaseProxy();
        system.worker(Map.of("DATABASE_URL", database.uri()));
        var trap = database.hold(Strikes::isFinish, () -> {
            pair.put(SHARDS.get(1), pair.next());
            awaitHeld("it waits", () -> system.count(WAITING_FOR_A_TURN) > 0);
        });
        pair.put(SHARDS.get(0), pair.head());
        trap.awaitSprung();
    }

    /** An attempt fails, and before that is on the record another thread has finished the pedido. (Fault 22.) */
    public static void finishWhileFailing(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        system.alter("create sequence reserved");
        system.alter("grant usage on sequence reserved to public");
        system.alter("create function fail_once() returns trigger language plpgsql as $$ begin"
                + " if nextval('reserved') = 1 then raise 'the first one fails'; end if; return new; end $$");
        system.alter("create trigger fail_once before insert on reservas for each row execute function fail_once()");
        var message = accepted(system, api, witness, Client.pedido("contested", "rcb", "plenty:1"));
        var database = system.databaseProxy();
        var worker = system.worker(Map.of("DATABASE_URL", database.uri()));
        var turns = new AtomicInteger();
        var trap = database.hold(sql -> PostgresProxy.LOCK.test(sql) && turns.incrementAndGet() == 2, () -> {
            put(system, SHARDS.get(1), message);
            system.awaitCount(COMPLETED, 1);
        });
        put(system, SHARDS.get(0), message);
        trap.awaitSprung();
        Awaitility.await("both deliveries have ended").until(() -> worker.metric("pedidos_endings_total") >= 2);
    }

    /** The database's clock steps back by an hour between two pedidos of one receiver. */
    public static void clockStepsBack(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        witness.send(List.of(api), 1, List.of(Client.simulado("elder", "rcb", "{}")));
        system.alter("update pedidos set ordem = ordem + 3600000000");
        witness.send(List.of(api), 1, List.of(Client.simulado("younger", "rcb", "{}")));
        system.worker();
    }

    /** The delay queue takes no messages when a retry is published, and does so later. (Fault 26.) */
    public static void returnRetry(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        var worker = system.worker();
        try (var broker = system.broker()) {
            broker.unbindRetry("50ms");
            witness.send(List.of(api), 1, List.of(Client.simulado("retried", "rcb", "{\"falhas_transitorias\":1}")));
            Awaitility.await("the retry is published, or returned")
                    .until(() ->
                            system.count("select count(*) from pedidos where status = 'RETRYING' and published") == 1
                                    || worker.log().contains("no queue takes messages"));
            broker.bindRetry("50ms");
        }
    }

    /** No queue takes the messages of new pedidos (basic.return, then basic.ack); later they do again. (Fault 4.) */
    public static void returnEntry(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        var bodies = mix(6, 2);
        try (var broker = system.broker()) {
            broker.unbindShards(SHARDS);
            witness.send(List.of(api), 4, bodies);
            assertThat(witness.accepted()).isEqualTo(bodies.size());
            assertThat(broker.ready(SHARDS)).as("messages that found a queue").isZero();
            broker.bindShards(SHARDS);
        }
        system.worker();
        // As if the time had passed that whoever notes has for the confirm.
        system.alter("update pedidos set relay_at = relay_at - interval '16 seconds'");
    }

    /** An operator purges the shards. (Fault 30.) */
    public static void purgeShards(TestSystem system, Witness witness) throws Exception {
        var often = Map.of("PEDIDOS_SIGN_OF_LIFE_MS", "1000");
        var api = system.api(often);
        stock(api);
        var bodies = mix(6, 3);
        witness.send(List.of(api), 4, bodies);
        system.awaitCount("select count(*) from pedidos where published", bodies.size());
        try (var broker = system.broker()) {
            broker.awaitReady(SHARDS, bodies.size());
            for (var shard : SHARDS) {
                broker.purge(shard);
            }
            assertThat(broker.ready(SHARDS)).isZero();
        }
        system.worker(often);
        // As if the first look of the relay had come.
        system.alter("update pedidos set relay_at = now(), atualizado_em = atualizado_em - interval '16 seconds'");
    }

    /** A worker dies between "dead" in the ledger and its publishing. (Fault 27.) */
    public static void killBeforeDeadLetter(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        var database = system.databaseProxy();
        var doomed = system.worker(Map.of("DATABASE_URL", database.uri()));
        var trap = database.after(Strikes::isDeadLetter, doomed::kill);
        witness.send(
                List.of(api),
                1,
                List.of(
                        Client.simulado("dead", "rcb", "{\"falha_permanente\":true}"),
                        Client.simulado("after", "rcb", "{}")));
        trap.awaitSprung();
        system.worker();
        // As if the time had passed that the worker has for it.
        system.alter("update pedidos set relay_at = relay_at - interval '10 seconds' where status = 'DEAD_LETTERED'");
    }

    /** A dead letter is redriven before the worker that published it has marked that, and before the relay looks. (Fault 28.) */
    public static void redriveBeforeMark(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        var operator = new Operator(system, api);
        system.alter("create function looked_at() returns trigger language plpgsql as $$ begin"
                + " new.relay_at = clock_timestamp() + interval '3 seconds'; return new; end $$");
        system.alter("create trigger looked_at before update on pedidos"
                + " for each row when (new.ciclo > old.ciclo) execute function looked_at()");
        var database = system.databaseProxy();
        system.worker(Map.of("DATABASE_URL", database.uri()));
        var trap = database.hold(
                Strikes::isMark,
                () -> assertThat(operator.call("POST", "/dlq/dead/redrive", "").statusCode())
                        .isEqualTo(202));
        witness.send(List.of(api), 1, List.of(Client.simulado("dead", "rcb", "{\"falha_permanente\":true}")));
        trap.awaitSprung();
    }

    /** A pedido dies of the same failure in one ciclo after the other. (Fault 28.) */
    public static void redriveAgain(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        var operator = new Operator(system, api);
        system.worker();
        witness.send(List.of(api), 1, List.of(Client.simulado("dead", "rcb", "{\"falhas_transitorias\":99}")));
        system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED' and published", 1);
        assertThat(operator.call("POST", "/dlq/dead/redrive", "").statusCode()).isEqualTo(202);
        witness.send(List.of(api), 1, List.of(Client.simulado("after", "rcb", "{}")));
    }

    /** A second content of an id comes by message, when the first one is done. (Fault 10.) */
    public static void conflictByMessage(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        var first = accepted(system, api, witness, Client.pedido("two", "rcb", "plenty:1"));
        var worker = system.worker();
        put(system, SHARDS.getFirst(), first);
        system.awaitCount(COMPLETED, 1);
        String other =
                new String(first.getBody(), StandardCharsets.UTF_8).replace("\"quantidade\":1", "\"quantidade\":2");
        witness.wasToldAccepted(other);
        try (var broker = system.broker()) {
            broker.put(SHARDS.getFirst(), first.getProperties(), other.getBytes(StandardCharsets.UTF_8));
        }
        Awaitility.await("both deliveries have ended").until(() -> worker.metric("pedidos_endings_total") >= 2);
    }

    /** Every id is sent twice, with two contents, at the same time; and with a third one when it has long been noted. (Fault 10.) */
    public static void conflict(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        stock(api);
        system.worker();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            bodies.add(Client.pedido("two-" + i, "rcb-" + i % 7, "plenty:1"));
            bodies.add(Client.pedido("two-" + i, "rcb-" + i % 7, "plenty:2"));
        }
        witness.send(List.of(api), 8, bodies);
        List<String> late = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            late.add(Client.pedido("two-" + i, "rcb-" + i % 7, "plenty:3"));
        }
        witness.send(List.of(api), 8, late);
    }

    /** Two pedidos of one receiver, accepted one after the other, whose messages the test has in hand. */
    private static final class Pair {

        private final TestSystem system;
        private final Delivery head;
        private final Delivery next;

        Pair(TestSystem system, Witness witness) throws Exception {
            this.system = system;
            var api = system.api();
            head = accepted(system, api, witness, Client.simulado("head", "rcb", "{}"));
            next = accepted(system, api, witness, Client.simulado("next", "rcb", "{}"));
        }

        Delivery head() {
            return head;
        }

        Delivery next() {
            return next;
        }

        void put(String shard, Delivery message) throws Exception {
            Strikes.put(system, shard, message);
        }
    }

    private static Delivery accepted(TestSystem system, TestProgram api, Witness witness, String body)
            throws Exception {
        witness.send(List.of(api), 1, List.of(body));
        try (var broker = system.broker()) {
            broker.awaitReady(SHARDS, 1);
            return broker.take(SHARDS, 1).getFirst();
        }
    }

    private static void put(TestSystem system, String shard, Delivery message) throws Exception {
        try (var broker = system.broker()) {
            broker.put(shard, message);
        }
    }

    /** While a statement is held. */
    private static void awaitHeld(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(HELD_AT_MOST)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    static boolean isFinish(String sql) {
        return sql.contains("(select count(*) from finished)");
    }

    static boolean isDeadLetter(String sql) {
        return sql.contains("set status = 'DEAD_LETTERED'");
    }

    static boolean isMark(String sql) {
        return sql.contains("set published = true,");
    }

    static boolean isPark(String sql) {
        return sql.contains("set parked = true, published = true");
    }

    static void stock(TestProgram api) throws Exception {
        var client = new Client(api);
        client.stock("plenty", 100_000);
        client.stock("scarce", 7);
    }

    /** Receivers in turn, so that those of one are sent one after the other; some fail at first, some ask for what is scarce. */
    static List<String> mix(int receivers, int each) {
        List<String> bodies = new ArrayList<>();
        for (int number = 0; number < each; number++) {
            for (int receiver = 0; receiver < receivers; receiver++) {
                String id = "p-%02d-%02d".formatted(receiver, number);
                String recebedor = "rcb-" + receiver;
                bodies.add(
                        switch ((receiver + number) % 4) {
                            case 0 ->
                                Client.simulado(id, recebedor, "{\"falhas_transitorias\":%d}".formatted(number % 3));
                            case 1 -> Client.pedido(id, recebedor, "scarce:1", "plenty:2");
                            default -> Client.pedido(id, recebedor, "plenty:1");
                        });
            }
        }
        assertThat(bodies).hasSize(receivers * each);
        return bodies;
    }
}
