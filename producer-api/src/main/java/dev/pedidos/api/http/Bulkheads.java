package dev.pedidos.api.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The kinds of requests that use the database while the client waits, each with its share of the connections.
 *
 * @param lookups one thing by its id
 * @param lists pages of pedidos and events
 * @param operators reads for operators
 * @param moves changes by operators
 * @param cancels pedidos that clients cancel
 * @param stock the stock of one sku
 * @param stockLists the stock of thousands of skus at once
 * @param batches tasks of thousands of pedidos at once
 */
public record Bulkheads(
        Bulkhead lookups,
        Bulkhead lists,
        Bulkhead operators,
        Bulkhead moves,
        Bulkhead cancels,
        Bulkhead stock,
        Bulkhead stockLists,
        Bulkhead batches)
        implements AutoCloseable {

    /** Connections of all bulkheads together; each of their threads has one. */
    public static final int CONNECTIONS = 14;

    private static final int MOST_WAITING = 200;
    /** Each of these holds a body of megabytes. */
    private static final int MOST_LISTS_WAITING = 8;

    /** Longer than the wait for a connection, shorter than the server waits on a silent exchange. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    public static Bulkheads of(Executor answering) {
        return new Bulkheads(
                new Bulkhead("lookups", 2, MOST_WAITING, PATIENCE, answering),
                new Bulkhead("lists", 2, MOST_WAITING, PATIENCE, answering),
                new Bulkhead("operators", 2, MOST_WAITING, PATIENCE, answering),
                new Bulkhead("moves", 1, MOST_WAITING, PATIENCE, answering),
                new Bulkhead("cancels", 2, MOST_WAITING, PATIENCE, answering),
                new Bulkhead("stock", 2, MOST_WAITING, PATIENCE, answering),
                new Bulkhead("stock-lists", 1, MOST_LISTS_WAITING, PATIENCE, answering),
                new Bulkhead("batches", 2, MOST_LISTS_WAITING, PATIENCE, answering));
    }

    @Override
    public void close() {
        Stream.of(lookups, lists, operators, moves, cancels, stock, stockLists, batches)
                .forEach(Bulkhead::close);
    }
}
