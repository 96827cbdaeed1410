package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;

class SlowClientGuardTest {
    private static final int MOST = 3;

    private final AtomicLong clock = new AtomicLong();
    private final SlowClientGuard guard = new SlowClientGuard(MOST, clock::get);

    @Test
    void aNewConnectionHas15SForItsFirstHead() {
        var connection = opened();
        afterSeconds(15);
        assertThat(connection.getEndPoint().isOpen()).isTrue();
        afterSeconds(1);
        assertThat(connection.getEndPoint().isOpen()).isFalse();
    }

    /** Load balancers keep connections for 60 s, and repeat no POST that meets a closed one. */
    @Test
    void anAnsweredConnectionStaysLongerThanALoadBalancerKeepsIt() {
        var connection = opened();
        guard.hasCome(connection);
        assertThat(connection.getEndPoint().getIdleTimeout()).isEqualTo(10_000);
        guard.await(connection);
        assertThat(connection.getEndPoint().getIdleTimeout()).isEqualTo(75_000);
        afterSeconds(80);
        assertThat(connection.getEndPoint().isOpen()).isTrue();
        afterSeconds(1);
        assertThat(connection.getEndPoint().isOpen()).isFalse();
    }

    @Test
    void aLaterHeadHas15SFromItsFirstByte() {
        var connection = opened();
        guard.hasCome(connection);
        guard.await(connection);
        afterSeconds(30);
        connection.bytes = 1;
        afterSeconds(1);
        afterSeconds(15);
        assertThat(connection.getEndPoint().isOpen()).isTrue();
        connection.bytes = 2;
        afterSeconds(1);
        assertThat(connection.getEndPoint().isOpen()).isFalse();
    }

    @Test
    void noConnectionIsGivenMoreTimeWhenTheServerCloses() {
        var current = opened();
        guard.hasCome(current);
        guard.closeSoon();
        current.getEndPoint().setIdleTimeout(1000);
        guard.await(current);
        assertThat(current.getEndPoint().getIdleTimeout()).isEqualTo(1000);
        guard.hasCome(current);
        assertThat(current.getEndPoint().getIdleTimeout()).isEqualTo(1000);
    }

    @Test
    void aConnectionWithACurrentRequestIsLeftAlone() {
        var connection = opened();
        guard.hasCome(connection);
        afterSeconds(1000);
        assertThat(connection.getEndPoint().isOpen()).isTrue();
    }

    @Test
    void beyondTheBoundTheOneThatHasWaitedLongestIsClosed() {
        var busy = opened();
        guard.hasCome(busy);
        afterSeconds(1);
        var resting = opened();
        guard.hasCome(resting);
        guard.await(resting);
        afterSeconds(1);
        var young = opened();
        opened();
        assertThat(busy.getEndPoint().isOpen()).isTrue();
        assertThat(resting.getEndPoint().isOpen()).isFalse();
        assertThat(young.getEndPoint().isOpen()).isTrue();
    }

    @Test
    void afterAStandstillOfTheProcessClientsHaveUntilTheNextLook() {
        var sent = opened();
        var silent = opened();
        clock.addAndGet(Duration.ofSeconds(30).toNanos());
        guard.closeSlow();
        assertThat(silent.getEndPoint().isOpen()).isTrue();
        guard.hasCome(sent);
        afterSeconds(1);
        assertThat(sent.getEndPoint().isOpen()).isTrue();
        assertThat(silent.getEndPoint().isOpen()).isFalse();
    }

    @Test
    void looksThatAreAlwaysLateStillCloseSilentClients() {
        var silent = opened();
        for (int look = 0; look < 2; look++) {
            clock.addAndGet(Duration.ofSeconds(30).toNanos());
            guard.closeSlow();
        }
        assertThat(silent.getEndPoint().isOpen()).isFalse();
    }

    private TestConnection opened() {
        var connection = new TestConnection();
        guard.onOpened(connection);
        return connection;
    }

    private void afterSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.addAndGet(SlowClientGuard.PAUSE.toNanos());
            guard.closeSlow();
        }
    }

    private static final class TestConnection extends AbstractConnection {
        private long bytes;

        TestConnection() {
            super(new ByteArrayEndPoint(), Runnable::run);
        }

        @Override
        public long getBytesIn() {
            return bytes;
        }

        @Override
        public void onFillable() {}
    }
}
