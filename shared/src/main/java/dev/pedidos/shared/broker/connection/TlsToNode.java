package dev.pedidos.shared.broker.connection;

import dev.pedidos.shared.tls.ServerName;
import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** TLS of one connection to the broker. The client gives its socket away only before it connects it. */
final class TlsToNode {

    private final ServerName name;
    private volatile @Nullable SSLSocket socket;

    TlsToNode(ServerName name) {
        this.name = name;
    }

    /** @param created by the client; not connected yet */
    void demand(Socket created) {
        var tls = (SSLSocket) created;
        name.demandOf(tls);
        socket = tls;
    }

    /** @throws javax.net.ssl.SSLException the certificate is not trusted, or not that of the node */
    void confirm() throws IOException {
        name.confirm(Objects.requireNonNull(socket, "a socket that was not opened for this connection"));
    }
}
