package dev.pedidos.api.http;

import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.runtime.CannotListen;
import dev.pedidos.shared.runtime.MemoryShare;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server and its limits. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int THREADS = 64;
    private static final int MIN_THREADS = 8;
    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 2;
    private static final int BACKLOG = 1024;
    private static final int HEADER_BYTES = 8 * 1024;

    private final QueuedThreadPool threads = new QueuedThreadPool(THREADS, MIN_THREADS);
    private final String host;
    private final int port;
    private final HostNames names;
    private final Function<Request, BodyKind> kinds;
    private final MemoryShare unread;
    private final Duration drain;
    private final RequestMetrics requests;
    private final SlowClientGuard slowClients;
    private final PeriodicTask slowClientWatch;
    private @Nullable Javalin javalin;

    /**
     * @param names allowed in the header Host
     * @param kinds the kind of each request with a body
     * @param unread for large answers that clients have not read yet
     * @param mostConnections beyond this number, connections that have waited longest for a request are closed
     * @param drain time for current requests when the server closes
     */
    public HttpServer(
            String host,
            int port,
            HostNames names,
            Function<Request, BodyKind> kinds,
            MemoryShare unread,
            int mostConnections,
            Duration drain,
            MeterRegistry metrics) {
        this.host = host;
        this.port = port;
        this.names = names;
        this.kinds = kinds;
        this.unread = unread;
        this.drain = drain;
        this.requests = new RequestMetrics(metrics);
        this.slowClients = new SlowClientGuard(mostConnections, System::nanoTime);
        this.slowClientWatch = new PeriodicTask(
                "slow-clients",
                Timing.interruptedAtStop(SlowClientGuard.PAUSE),
                slowClients::closeSlow,
                failure -> LOG.warn("slow connections could not be checked; checked again", failure));
        threads.setName("http");
    }

    /** @throws CannotListen the port is taken, or the address is not one of this machine */
    public void open(List<Routes> routes) {
        javalin = Javalin.create(config -> {
            configure(config);
            new ErrorHandlers().addTo(config.routes);
            routes.forEach(part -> part.addTo(config.routes));
        });
        try {
            javalin.start();
            slowClientWatch.start();
        } catch (JavalinException e) {
            throw new CannotListen(Settings.API_HOST.name() + ", " + Settings.API_PORT.name(), host + ":" + port, e);
        }
    }

    public int port() {
        return Objects.requireNonNull(javalin, "not open").port();
    }

    /** Runs the end of a request that waited for something else. */
    public Executor threads() {
        return threads;
    }

    /** Accepts no more requests, and answers the current ones. */
    @Override
    public void close() {
        slowClients.closeSoon();
        if (javalin != null) {
            javalin.stop();
        }
        slowClientWatch.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.requestLogger.http(requests);
        config.jetty.threadPool = threads;
        config.jetty.addConnector(this::connector);
        config.jetty.modifyServer(server -> {
            var answers = new AnswerGate(slowClients, unread);
            answers.setHandler(new RequestFilter(names, new BodyGate(kinds, slowClients)));
            server.setStopTimeout(drain.toMillis());
            server.setErrorHandler(new ProblemErrors());
            server.setHandler(new GracefulHandler(answers));
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ProblemErrors()));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setUriCompliance(RequestPath.LEFT_TO_US);
            http.setRequestHeaderSize(HEADER_BYTES);
        });
    }

    private Connector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, ACCEPTORS, SELECTORS, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(SlowClientGuard.IDLE.toMillis());
        connector.setAcceptQueueSize(BACKLOG);
        connector.addBean(slowClients);
        return connector;
    }
}
