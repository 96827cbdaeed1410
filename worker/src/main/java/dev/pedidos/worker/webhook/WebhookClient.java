package dev.pedidos.worker.webhook;

import dev.pedidos.shared.message.CallbackUrl;
import dev.pedidos.worker.http.AnswerReader;
import dev.pedidos.worker.http.Deadline;
import dev.pedidos.worker.http.HttpConnection;
import dev.pedidos.worker.http.RequestHead;
import dev.pedidos.worker.http.Tls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends one POST over a connection of its own, and reads the beginning of the answer. Our own code, because the JDK's clients
 * look a name up by themselves when they connect, which may be another address than the one that was checked. It follows no
 * redirect, uses no proxy and keeps no connection.
 *
 * <p>At the deadline the connection is closed from outside, whatever the call is doing then: a read can be given a time limit, a
 * write and a TLS handshake cannot.
 */
final class WebhookClient implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);

    private final AllowedAddresses addresses;
    private final SSLSocketFactory tls;
    private final Duration timeout;
    private final ScheduledThreadPoolExecutor deadlines;

    /** @param timeout of a whole call */
    WebhookClient(AllowedAddresses addresses, SSLSocketFactory tls, Duration timeout) {
        this.addresses = addresses;
        this.tls = tls;
        this.timeout = timeout;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("webhook-deadline").daemon().factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    EndpointAnswer post(CallbackUrl url, Map<String, String> headers, byte[] body) throws CallFailed {
        var deadline = Deadline.after(timeout);
        List<InetAddress> allowed = addresses.of(url);
        try (var connection = new HttpConnection()) {
            Socket raw = connection.open(allowed, url.port(), CONNECT_WITHIN, deadline);
            return exchange(raw, url, request(url, headers, body.length), body, deadline);
        } catch (SSLException e) {
            throw failed(CallFault.TLS_RECUSADO, deadline, e);
        } catch (AnswerReader.NotHttp e) {
            throw failed(CallFault.RESPOSTA_INVALIDA, deadline, e);
        } catch (IOException e) {
            throw failed(CallFault.SEM_CONEXAO, deadline, e);
        }
    }

    private static CallFailed failed(CallFault fault, Deadline deadline, IOException e) {
        return new CallFailed(deadline.isOver() ? CallFault.TEMPO_ESGOTADO : fault, e);
    }

    private EndpointAnswer exchange(Socket raw, CallbackUrl url, byte[] head, byte[] body, Deadline deadline)
            throws IOException {
        ScheduledFuture<?> closing = deadlines.schedule(
                () -> {
                    raw.close();
                    return null;
                },
                deadline.remaining().toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            Socket socket = url.tls() ? Tls.over(raw, tls, url.host(), url.port()) : raw;
            OutputStream out = socket.getOutputStream();
            out.write(head);
            out.write(body);
            out.flush();
            return EndpointAnswer.of(new AnswerReader(new BufferedInputStream(socket.getInputStream())));
        } finally {
            closing.cancel(false);
        }
    }

    private static byte[] request(CallbackUrl url, Map<String, String> headers, int length) {
        boolean usualPort = url.port() == (url.tls() ? 443 : 80);
        var head = new RequestHead("POST", url.target(), usualPort ? url.host() : url.host() + ":" + url.port());
        head.header("User-Agent", "Pedidos");
        head.header("Accept", "*/*");
        head.header("Content-Type", "application/json");
        head.header("Content-Length", Integer.toString(length));
        headers.forEach(head::header);
        return head.bytes();
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
