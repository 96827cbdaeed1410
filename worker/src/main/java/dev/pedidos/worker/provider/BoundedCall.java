package dev.pedidos.worker.provider;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.TransientFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Makes HTTP calls that are bounded in time and size and follow no redirect. The timeout of the JDK's client ends with the headers
 * of an answer: a body that never ends would be waited for, so the whole call has a bound of its own.
 */
final class BoundedCall {

    private static final int LARGEST_ANSWER = 262_144;
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(2);

    private final String dependency;
    private final Duration timeout;
    private final Duration connectTimeout;
    private final HttpClient client;

    BoundedCall(String dependency, Duration timeout) {
        this.dependency = dependency;
        this.timeout = timeout;
        connectTimeout = timeout.compareTo(CONNECT_WAIT) < 0 ? timeout : CONNECT_WAIT;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /**
     * @throws DependencyUnavailable no connection can be made
     * @throws TransientFailure no whole answer came
     */
    HttpResponse<byte[]> send(HttpRequest request)
            throws DependencyUnavailable, TransientFailure, InterruptedException {
        var answer = client.sendAsync(request, head -> new BoundedBody(LARGEST_ANSWER));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw noAnswer(request.uri(), RootLocale.format("it did not answer within %d ms", timeout.toMillis()));
        } catch (ExecutionException e) {
            throw failed(request.uri(), Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            answer.cancel(true);
        }
    }

    private TransientFailure failed(URI asked, Throwable cause) throws DependencyUnavailable {
        return switch (cause) {
            case HttpConnectTimeoutException silent -> throw unreachable("no connection within the timeout");
            case ConnectException refused -> throw unreachable("no connection can be made");
            case SSLException untrusted -> throw unreachable("no secure connection can be made");
            case BoundedBody.TooLarge tooLarge ->
                new TransientFailure(
                        RootLocale.format("%s: its answer has more than %d bytes", dependency, LARGEST_ANSWER));
            default ->
                noAnswer(asked, "it cut the connection (" + cause.getClass().getSimpleName() + ")");
        };
    }

    /** A server that ends takes the calls in hand along. These are not to blame, so no attempt may be used for them. */
    private TransientFailure noAnswer(URI asked, String what) throws DependencyUnavailable {
        if (!isReachable(asked)) {
            throw unreachable(what + ", and no connection can be made now");
        }
        return new TransientFailure(dependency + ": " + what);
    }

    private DependencyUnavailable unreachable(String what) {
        return new DependencyUnavailable(dependency, dependency + ": " + what);
    }

    private boolean isReachable(URI asked) {
        int port = asked.getPort() >= 0 ? asked.getPort() : asked.getScheme().equals("https") ? 443 : 80;
        try (var socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(asked.getHost(), port), (int) connectTimeout.toMillis());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
