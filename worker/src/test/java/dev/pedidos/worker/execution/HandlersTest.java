package dev.pedidos.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.config.InvalidConfig;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.CoalescingHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlersTest {

    private static class Together implements CoalescingHandler {
        private final String tipo;
        private final Duration coalesce;
        private final int most;

        Together(String tipo, Duration coalesce, int most) {
            this.tipo = tipo;
            this.coalesce = coalesce;
            this.most = most;
        }

        @Override
        public String tipo() {
            return tipo;
        }

        @Override
        public Duration coalesce() {
            return coalesce;
        }

        @Override
        public int most() {
            return most;
        }

        @Override
        public List<Outcome> applyLot(List<Pedido> pedidos, Handle tx) {
            return List.of();
        }
    }

    private static final class Preparing extends Together {
        Preparing() {
            super("preparing", Duration.ZERO, 2);
        }

        @Override
        public Preparation prepare(Pedido pedido) {
            return Preparation.NONE;
        }
    }

    @Test
    void aHandlerWithinItsBoundsIsTaken() {
        var handlers = Handlers.of(
                List.of(new Together("least", Duration.ZERO, 2), new Together("most", Duration.ofSeconds(60), 1_000)));
        assertThat(handlers.tipos()).contains("least", "most", "cancelamento");
        assertThat(handlers.of("least").orElseThrow().waits()).isTrue();
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> Handlers.of(List.of(
                        new Together("negative", Duration.ofMillis(-1), 1),
                        new Together("long", Duration.ofSeconds(61), 1_001),
                        new Preparing(),
                        new Preparing())))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContainingAll(
                        "tipo negative",
                        "coalesce() is PT-0.001S",
                        "most() is 1;",
                        "tipo long",
                        "coalesce() is PT1M1S",
                        "most() is 1001;",
                        "it has prepare",
                        "tipo preparing has two handlers");
    }

    @Test
    void theFolderForPluginsMayBeMissingButNotBeAFile(@TempDir Path folder) throws Exception {
        assertThat(Handlers.load(folder.resolve("missing"), false, List.of()).of("pedido"))
                .isPresent();
        var file = Files.createFile(folder.resolve("handlers.jar"));
        assertThatThrownBy(() -> Handlers.load(file, false, List.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("PEDIDOS_PLUGINS: the folder cannot be read: ");
    }
}
