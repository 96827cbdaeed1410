package dev.pedidos.shared.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredWritesTest {

    private final List<String> calls = new ArrayList<>();
    private final GatheredWrites writes = new GatheredWrites(
            (FrameHandler) Proxy.newProxyInstance(
                    FrameHandler.class.getClassLoader(),
                    new Class<?>[] {FrameHandler.class},
                    (proxy, method, arguments) -> {
                        calls.add(method.getName());
                        return null;
                    }),
            () -> calls.add("beginning"));

    @Test
    void aFrameIsFlushedAtOnce() throws Exception {
        write();
        assertThat(calls).containsExactly("writeFrame", "flush");
    }

    @Test
    void gatheredFramesAreFlushedOnceAtTheEnd() throws Exception {
        writes.begin();
        write();
        write();
        assertThat(calls).containsExactly("writeFrame", "writeFrame");
        writes.end();
        write();
        assertThat(calls).containsExactly("writeFrame", "writeFrame", "flush", "writeFrame", "flush");
    }

    @Test
    void aFlushThatSomebodyListensToIsNotKeptBack() throws Exception {
        writes.begin();
        writes.flush((done, failure) -> {});
        assertThat(calls).containsExactly("flush");
    }

    @Test
    void theHeaderComesAfterTheBeginning() throws Exception {
        writes.sendHeader();
        assertThat(calls).containsExactly("beginning", "sendHeader");
    }

    private void write() throws Exception {
        writes.writeFrame(new Frame(AMQP.FRAME_HEARTBEAT, 0));
        writes.flush(null);
    }
}
