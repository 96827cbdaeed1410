package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import dev.pedidos.shared.broker.message.ReadableHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection's frames. Between {@link #begin} and {@link #end} they stay in the socket's buffer until it is full: the client
 * would flush it after each message, which costs both ends a system call and the broker a wake-up. Frames that arrive have {@link
 * ReadableHeaders}.
 */
public final class GatheredWrites implements FrameHandler {

    /** Runs before a connection's first byte is written. */
    @FunctionalInterface
    interface Beginning {
        void run() throws IOException;
    }

    /**
     * The broker sends all headers of a message in one frame, even if it is larger than the agreed size. By itself the client ends the
     * connection at such a frame.
     */
    static final int LARGEST_READ_BYTES = 32 * 1024 * 1024;

    private final FrameHandler socket;
    private final Beginning beginning;
    private volatile boolean gathering;

    GatheredWrites(FrameHandler socket, Beginning beginning) {
        this.socket = socket;
        this.beginning = beginning;
    }

    /** Opens connections that can gather writes and read all messages. */
    static ConnectionFactory factory(Beginning beginning) {
        return new ConnectionFactory() {
            @Override
            protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
                var sockets = super.createFrameHandlerFactory();
                return (node, name) -> new GatheredWrites(sockets.create(node, name), beginning);
            }
        };
    }

    /** Empty if the connection was not opened by {@link #factory}. */
    public static Optional<GatheredWrites> of(Connection connection) {
        return connection instanceof AMQConnection amqp && amqp.getFrameHandler() instanceof GatheredWrites writes
                ? Optional.of(writes)
                : Optional.empty();
    }

    /** For one thread; the frames of others wait as well. */
    public void begin() {
        gathering = true;
    }

    public void end() throws IOException {
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
    public @Nullable Frame readFrame() throws IOException {
        Frame frame = socket.readFrame();
        return frame == null ? null : ReadableHeaders.of(frame);
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
        beginning.run();
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
        socket.setFrameMax(Math.max(bytes, LARGEST_READ_BYTES));
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
