package dev.pedidos.shared.topology;

import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Every exchange, queue and binding of a fleet: names, arguments and what they are for stand here alone.
 *
 * @param prefix before every name
 * @param shards how many shard queues, 1 to 256; 0 before that is known: all the rest can be declared and named already
 */
public record Topology(String prefix, int shards, RetryLadder ladder) {

    /**
     * Second line of defence against a message that kills workers: far above what hand-overs and restarts of a bad day
     * use up, since RabbitMQ counts each return of an unacknowledged delivery.
     */
    private static final int SHARD_DELIVERY_LIMIT = 1_000;

    /**
     * None, in effect: looking at a dead letter must not drop it. RabbitMQ 4 has 20 where nothing is said, and 3.10
     * refuses the -1 that turns it off in 4.
     */
    private static final int NO_DELIVERY_LIMIT = 2_000_000_000;

    public static final int MOST_SHARDS = 256;

    /** What there is to declare before the fleet has agreed on its shards. */
    public static Topology withoutShards(String prefix, RetryLadder ladder) {
        return new Topology(prefix, 0, ladder);
    }

    public Topology withShards(int agreed) {
        return new Topology(prefix, agreed, ladder);
    }

    /** Where pedidos enter the fleet; routing key = recebedor_id. */
    public String entryExchange() {
        return prefix + "pedidos";
    }

    public String shardQueue(int shard) {
        return prefix + RootLocale.format("pedidos_queue.%02d", shard);
    }

    /** The open door for producers that speak AMQP. */
    public String openQueue() {
        return prefix + "pedidos_queue";
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

    /** What a worker rejects because it cannot be decoded, and what the broker dead-letters by itself. */
    public String refusalQueue() {
        return prefix + "pedidos_recusados";
    }

    /** What belongs to another ledger than this fleet's, as it came. */
    public String foreignQueue() {
        return prefix + "pedidos_alheios";
    }

    /** Says whose vhost this is; not part of what is exported, since the name of a ledger is in it. */
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

    /** In sorted order: a consistent-hash exchange gives out its buckets in the order of binding. */
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

    /** At-least-once dead-lettering needs all of these; without one it silently becomes at-most-once. */
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
