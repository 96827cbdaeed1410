package dev.pedidos.shared.ledger;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets to one of several servers: a server that accepts the connection and does not answer is given up soon. The
 * JDBC driver has no bound of its own for the first answer, and would not try the next server. The driver creates this
 * factory by its class name.
 */
public final class ImpatientSockets extends SocketFactory {

    private static final int FIRST_ANSWER_MS = 2_000;

    @Override
    public Socket createSocket() {
        return new Impatient();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    private static final class Impatient extends Socket {
        private volatile int wanted;
        private volatile boolean heard;

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            wanted = millis;
            super.setSoTimeout(heard || (millis > 0 && millis < FIRST_ANSWER_MS) ? millis : FIRST_ANSWER_MS);
        }

        @Override
        public int getSoTimeout() {
            return wanted;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            setSoTimeout(wanted);
            return new FilterInputStream(super.getInputStream()) {

                @Override
                public int read() throws IOException {
                    int one = super.read();
                    answered();
                    return one;
                }

                @Override
                public int read(byte[] into, int from, int most) throws IOException {
                    int count = super.read(into, from, most);
                    answered();
                    return count;
                }
            };
        }

        private void answered() throws SocketException {
            if (!heard) {
                heard = true;
                super.setSoTimeout(wanted);
            }
        }
    }
}
