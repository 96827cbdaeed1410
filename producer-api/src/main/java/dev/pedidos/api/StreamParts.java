package dev.pedidos.api;

import dev.pedidos.api.acceptance.Absence;
import dev.pedidos.api.http.EventStreams;
import dev.pedidos.api.http.HttpServer;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.stream.Feed;
import dev.pedidos.api.stream.StreamMetrics;
import dev.pedidos.api.stream.StreamRoutes;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.ledger.read.StreamReads;
import org.slf4j.LoggerFactory;

/** The part of the producer that clients listen to, put together. */
record StreamParts(Feed feed, EventStreams streams) {
    private static final int FEWEST_BYTES_EACH = 4 * 1024;
    private static final int MOST_BYTES_EACH = 256 * 1024;

    static StreamParts start(ApiContext context, HttpServer server) {
        var stores = context.stores();
        var lifecycle = context.lifecycle();
        int most = mostListeners(context);
        int bytesEach = Math.clamp(context.memory().streams().bytes() / most, FEWEST_BYTES_EACH, MOST_BYTES_EACH);
        var streams = new EventStreams(most, bytesEach, server.threads(), context.metrics());
        lifecycle.onStop("streams", streams::close);
        streams.start();
        var feed = new Feed(
                new StreamReads(stores.database(), context.memory().batchBytes()),
                stores::ledgerIsUp,
                new StreamMetrics(context.metrics()));
        lifecycle.onStop("feed of the streams", feed::close);
        feed.start();
        return new StreamParts(feed, streams);
    }

    /** The other half of the connections is for everything else. */
    private static int mostListeners(ApiContext context) {
        int wanted = context.config().listeners();
        int possible = context.memory().connections() / 2;
        if (wanted > possible) {
            LoggerFactory.getLogger(StreamParts.class)
                    .warn(
                            "{} is {}, but this heap has room for {} streams: more are answered 503",
                            Settings.LISTENERS.name(),
                            wanted,
                            possible);
        }
        return Math.min(wanted, possible);
    }

    Routes routes(HttpServer server, Absence absence) {
        return new StreamRoutes(feed, absence, streams, server.threads());
    }
}
