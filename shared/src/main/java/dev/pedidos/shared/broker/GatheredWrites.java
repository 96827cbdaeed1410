package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MetricsCollector;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.ConnectionParams;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection's frames. Between {@link #begin} and {@link #end} they stay in the socket's buffer until it is full: the client
 * would flush it after each message, which costs both ends a system call and the broker a wake-up.
 */
final class GatheredWrites implements FrameHandler {

    private final FrameHandler socket;
    private volatile boolean gathering;

    GatheredWrites(FrameHandler socket) {
        this.socket = socket;
    }

    /** Opens connections that can gather writes. */
    static ConnectionFactory factory() {
        return new ConnectionFactory() {
            @Override
            protected AMQConnection createConnection(
                    ConnectionParams params, FrameHandler socket, MetricsCollector metrics) {
                return super.createConnection(params, new GatheredWrites(socket), metrics);
            }
        };
    }

    /** Empty if the connection was not opened by {@link #factory}. */
    static Optional<GatheredWrites> of(Connection connection) {
        return connection instanceof AMQConnection amqp && amqp.getFrameHandler() instanceof GatheredWrites writes
                ? Optional.of(writes)
                : Optional.empty();
    }

    /** For one thread; the frames of others wait as well. */
    void begin() {
        gathering = true;
    }

    void end() throws IOException {
        gathering = false;
        socket.flush(null);
    }

    @Override
    public void flush(@Nullable WriteListener listener) throws IOException {
        if (!gathering || listener != null) {
            socket.flush(listener);
        }
    }

    @Override
    public void writeFrame(Frame frame) throws IOException {
        socket.writeFrame(frame);
    }

    @Override
    public Frame readFrame() throws IOException {
        return socket.readFrame();
    }

    @Override
    public boolean internalHearbeat() {
        return socket.internalHearbeat();
    }

    @Override
    public void setTimeout(int milliseconds) throws SocketException {
        socket.setTimeout(milliseconds);
    }

    @Override
    public int getTimeout() throws SocketException {
        return socket.getTimeout();
    }

    @Override
    public void sendHeader() throws IOException {
        socket.sendHeader();
    }

    @Override
    public void initialize(AMQConnection connection) {
        socket.initialize(connection);
    }

    @Override
    public void startProcessing() {
        socket.startProcessing();
    }

    @Override
    public void finishConnectionNegotiation() {
        socket.finishConnectionNegotiation();
    }

    @Override
    public void setFrameMax(int bytes) {
        socket.setFrameMax(bytes);
    }

    @Override
    public void close() {
        socket.close();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public InetAddress getAddress() {
        return socket.getAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }
}
