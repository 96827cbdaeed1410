package dev.pedidos.shared.topology;

import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Every exchange, queue and binding of a fleet. Their names, arguments and purposes are here and nowhere else.
 *
 * @param prefix precedes every name
 * @param shards number of shard queues, 1 to 256; 0 while it is unknown: everything else can already be declared and
 * named
 */
public record Topology(String prefix, int shards, RetryLadder ladder) {

    /**
     * A second defence against a message that kills workers. It is far above the hand-overs and restarts of a bad day,
     * because RabbitMQ counts each return of an unacknowledged delivery.
     */
    private static final int SHARD_DELIVERY_LIMIT = 1_000;

    /**
     * In effect no limit: looking at a dead letter must not drop it. RabbitMQ 4 defaults to 20, and 3.10 refuses the
     * -1 that turns the limit off in 4.
     */
    private static final int NO_DELIVERY_LIMIT = 2_000_000_000;

    public static final int MOST_SHARDS = 256;

    /** The topology that can be declared before the fleet has agreed on its shards. */
    public static Topology withoutShards(String prefix, RetryLadder ladder) {
        return new Topology(prefix, 0, ladder);
    }

    public Topology withShards(int agreed) {
        return new Topology(prefix, agreed, ladder);
    }

    /** Pedidos enter the fleet here; the routing key is the recebedor_id. */
    public String entryExchange() {
        return prefix + "pedidos";
    }

    public String shardQueue(int shard) {
        return prefix + RootLocale.format("pedidos_queue.%02d", shard);
    }

    /** The entry for producers that speak AMQP. */
    public String openQueue() {
        return prefix + "pedidos_queue";
    }

    /** True for the open queue, and for a shard of a fleet with any number of them. */
    public boolean isEntryOfPedidos(String queue) {
        return queue.equals(openQueue())
                || IntStream.range(0, MOST_SHARDS).anyMatch(shard -> queue.equals(shardQueue(shard)));
    }

    public String retryExchange(Duration delay) {
        return prefix + "pedidos.retry." + spoken(delay);
    }

    public String retryQueue(Duration delay) {
        return prefix + "pedidos_retry." + spoken(delay);
    }

    public String deadLetterQueue() {
        return prefix + "pedidos_dlq";
    }

    public String refusalExchange() {
        return prefix + "pedidos.dlx";
    }

    /**
     * For messages that a worker rejects because it cannot decode them, and messages that the broker dead-letters by
     * itself.
     */
    public String refusalQueue() {
        return prefix + "pedidos_recusados";
    }

    /** For messages of other ledgers, unchanged. */
    public String foreignQueue() {
        return prefix + "pedidos_alheios";
    }

    /**
     * Marks the vhost as one ledger's. Not part of the exported definitions, because it contains the name of a ledger.
     */
    public String ledgerExchange() {
        return prefix + "pedidos.ledger";
    }

    public List<ExchangeSpec> exchanges() {
        List<ExchangeSpec> all = new ArrayList<>();
        all.add(new ExchangeSpec(entryExchange(), "x-consistent-hash"));
        all.add(new ExchangeSpec(refusalExchange(), "fanout"));
        ladder.delays().forEach(delay -> all.add(new ExchangeSpec(retryExchange(delay), "fanout")));
        return List.copyOf(all);
    }

    public List<QueueSpec> shardQueues() {
        return IntStream.range(0, shards).mapToObj(this::shardSpec).toList();
    }

    public List<QueueSpec> queues() {
        List<QueueSpec> all = new ArrayList<>(shardQueues());
        all.add(new QueueSpec(
                openQueue(), deadLetteringTo(refusalExchange(), Map.of("x-delivery-limit", SHARD_DELIVERY_LIMIT))));
        ladder.delays().forEach(delay -> all.add(retrySpec(delay)));
        all.add(new QueueSpec(
                deadLetterQueue(), Map.of("x-queue-type", "quorum", "x-delivery-limit", NO_DELIVERY_LIMIT)));
        all.add(new QueueSpec(refusalQueue(), Map.of("x-queue-type", "quorum", "x-delivery-limit", NO_DELIVERY_LIMIT)));
        all.add(new QueueSpec(foreignQueue(), Map.of("x-queue-type", "quorum", "x-delivery-limit", NO_DELIVERY_LIMIT)));
        return List.copyOf(all);
    }

    /** In sorted order: a consistent-hash exchange assigns its buckets in the order of binding. */
    public List<BindingSpec> shardBindings() {
        return IntStream.range(0, shards)
                .mapToObj(shard -> new BindingSpec(entryExchange(), shardQueue(shard), "1"))
                .toList();
    }

    public List<BindingSpec> bindings() {
        List<BindingSpec> all = new ArrayList<>(shardBindings());
        all.add(new BindingSpec(refusalExchange(), refusalQueue(), ""));
        ladder.delays().forEach(delay -> all.add(new BindingSpec(retryExchange(delay), retryQueue(delay), "")));
        return List.copyOf(all);
    }

    private QueueSpec shardSpec(int shard) {
        return new QueueSpec(
                shardQueue(shard),
                deadLetteringTo(
                        refusalExchange(),
                        Map.of("x-single-active-consumer", true, "x-delivery-limit", SHARD_DELIVERY_LIMIT)));
    }

    private QueueSpec retrySpec(Duration delay) {
        return new QueueSpec(
                retryQueue(delay), deadLetteringTo(entryExchange(), Map.of("x-message-ttl", delay.toMillis())));
    }

    /** At-least-once dead-lettering needs all of these; without any one it silently becomes at-most-once. */
    private static Map<String, Object> deadLetteringTo(String exchange, Map<String, Object> more) {
        var arguments = new HashMap<String, Object>(more);
        arguments.put("x-queue-type", "quorum");
        arguments.put("x-dead-letter-exchange", exchange);
        arguments.put("x-dead-letter-strategy", "at-least-once");
        arguments.put("x-overflow", "reject-publish");
        return arguments;
    }

    private static String spoken(Duration delay) {
        return delay.toMillis() % 1000 == 0 ? delay.toSeconds() + "s" : delay.toMillis() + "ms";
    }
}
