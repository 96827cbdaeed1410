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
public record Lanes(
        Lane lookups, Lane lists, Lane operators, Lane moves, Lane cancels, Lane stock, Lane stockLists, Lane batches)
        implements AutoCloseable {

    /** Connections of all lanes together; each of their threads has one. */
    public static final int CONNECTIONS = 14;

    private static final int MOST_WAITING = 200;
    /** Each of these holds a body of megabytes. */
    private static final int MOST_LISTS_WAITING = 8;

    /** Longer than the wait for a connection, shorter than the server waits on a silent exchange. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    public static Lanes of(Executor answering) {
        return new Lanes(
                new Lane("lookups", 2, MOST_WAITING, PATIENCE, answering),
                new Lane("lists", 2, MOST_WAITING, PATIENCE, answering),
                new Lane("operators", 2, MOST_WAITING, PATIENCE, answering),
                new Lane("moves", 1, MOST_WAITING, PATIENCE, answering),
                new Lane("cancels", 2, MOST_WAITING, PATIENCE, answering),
                new Lane("stock", 2, MOST_WAITING, PATIENCE, answering),
                new Lane("stock-lists", 1, MOST_LISTS_WAITING, PATIENCE, answering),
                new Lane("batches", 2, MOST_LISTS_WAITING, PATIENCE, answering));
    }

    @Override
    public void close() {
        Stream.of(lookups, lists, operators, moves, cancels, stock, stockLists, batches)
                .forEach(Lane::close);
    }
}
