package dev.pedidos.worker.provider;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.TransientFailure;
import dev.pedidos.worker.http.AnswerHead;
import dev.pedidos.worker.http.AnswerReader;
import dev.pedidos.worker.http.Deadline;
import dev.pedidos.worker.http.HttpConnection;
import dev.pedidos.worker.http.Reachability;
import dev.pedidos.worker.http.RequestHead;
import dev.pedidos.worker.http.Resolver;
import dev.pedidos.worker.http.Tls;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes HTTP calls that are bounded in time and size, follow no redirect and use no proxy. Each request is sent once. The JDK's
 * client sends a GET again if its connection ends without a word, and nothing tells the caller.
 */
final class BoundedHttpClient {

    private static final int LARGEST_ANSWER = 262_144;
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(2);

    /** Of these the body says what the answer is. All others count by their head: their body may break off or never end. */
    private static final Set<Integer> READ_TO_THE_END = Set.of(200, 404);

    /** @param body empty if the status says all */
    @SuppressWarnings("ArrayRecordComponent")
    record Answered(AnswerHead head, byte[] body) {}

    private final String dependency;
    private final Duration timeout;
    private final Duration mustStayOpen;
    private final Duration connectTimeout;
    private final SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private final Resolver resolver;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("provider-", 0).daemon().factory());

    BoundedHttpClient(String dependency, Duration timeout) {
        this(dependency, timeout, Reachability.STAYS_OPEN, InetAddress::getAllByName);
    }

    /** @param mustStayOpen how long a new connection must stay open, so that the server counts as reachable */
    BoundedHttpClient(String dependency, Duration timeout, Duration mustStayOpen, Resolver resolver) {
        this.dependency = dependency;
        this.timeout = timeout;
        this.mustStayOpen = mustStayOpen;
        this.resolver = resolver;
        connectTimeout = timeout.compareTo(CONNECT_WAIT) < 0 ? timeout : CONNECT_WAIT;
    }

    /**
     * @throws DependencyUnavailable no connection can be made
     * @throws TransientFailure no whole answer came
     */
    Answered get(URI url, Map<String, String> headers)
            throws DependencyUnavailable, TransientFailure, InterruptedException {
        var connection = new HttpConnection();
        try (connection) {
            return threads.submit(() -> exchange(connection, url, headers))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw noAnswer(connection, RootLocale.format("it did not answer within %d ms", timeout.toMillis()));
        } catch (ExecutionException e) {
            throw failed(connection, Objects.requireNonNullElse(e.getCause(), e));
        } catch (IOException e) {
            throw noAnswer(connection, "its connection cannot be closed");
        }
    }

    private Answered exchange(HttpConnection connection, URI url, Map<String, String> headers)
            throws IOException, DependencyUnavailable, TransientFailure {
        var socket = connected(connection, url);
        socket.getOutputStream().write(request(url, headers));
        var answer = new AnswerReader(new BufferedInputStream(socket.getInputStream()));
        var head = answer.head();
        return new Answered(head, READ_TO_THE_END.contains(head.status()) ? body(answer, head) : new byte[0]);
    }

    private byte[] body(AnswerReader answer, AnswerHead head) throws IOException, TransientFailure {
        var body = new ByteArrayOutputStream();
        answer.body(head, LARGEST_ANSWER + 1, body);
        if (body.size() > LARGEST_ANSWER) {
            throw new TransientFailure(
                    RootLocale.format("%s: its answer has more than %d bytes", dependency, LARGEST_ANSWER));
        }
        return body.toByteArray();
    }

    private Socket connected(HttpConnection connection, URI url) throws DependencyUnavailable {
        try {
            var addresses = List.of(resolver.resolve(Tls.withoutBrackets(url.getHost())));
            var socket = connection.open(addresses, port(url), connectTimeout, Deadline.after(connectTimeout));
            return isSecure(url) ? secured(socket, url) : socket;
        } catch (SSLException untrusted) {
            throw unreachable("no secure connection can be made");
        } catch (SocketTimeoutException silent) {
            throw unreachable("no connection within the timeout");
        } catch (IOException refused) {
            throw unreachable("no connection can be made");
        }
    }

    private Socket secured(Socket socket, URI url) throws IOException {
        socket.setSoTimeout((int) connectTimeout.toMillis());
        var secured = Tls.over(socket, tls, url.getHost(), port(url));
        socket.setSoTimeout(0);
        return secured;
    }

    private static byte[] request(URI url, Map<String, String> headers) {
        var head = new RequestHead("GET", URI.create(url.toASCIIString()).getRawPath(), url.getRawAuthority());
        headers.forEach(head::header);
        return head.bytes();
    }

    private static boolean isSecure(URI url) {
        return url.getScheme().equals("https");
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : isSecure(url) ? 443 : 80;
    }

    private TransientFailure failed(HttpConnection asked, Throwable cause)
            throws DependencyUnavailable, TransientFailure {
        return switch (cause) {
            case DependencyUnavailable unreachable -> throw unreachable;
            case TransientFailure tooLarge -> tooLarge;
            case AnswerReader.NotHttp broken -> noAnswer(asked, "its answer cannot be read: " + broken.getMessage());
            default ->
                noAnswer(asked, "it cut the connection (" + cause.getClass().getSimpleName() + ")");
        };
    }

    /** A server that ends takes the calls in hand along. These are not to blame, so no attempt may be used for them. */
    private TransientFailure noAnswer(HttpConnection asked, String what) throws DependencyUnavailable {
        var server = asked.server().orElseThrow(() -> unreachable("no connection within the timeout"));
        if (!Reachability.isReachable(server, connectTimeout, mustStayOpen)) {
            throw unreachable(what + ", and it takes no connection now");
        }
        return new TransientFailure(dependency + ": " + what);
    }

    private DependencyUnavailable unreachable(String what) {
        return new DependencyUnavailable(dependency, dependency + ": " + what);
    }
}
