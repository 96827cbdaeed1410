package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that cannot start ends, whatever its handlers have started; it does not stay half alive. */
class PluginRefusedTest {

    private static final String HANDLER = """
            package com.example;

            import dev.pedidos.shared.message.Pedido;
            import dev.pedidos.worker.handler.*;
            import java.util.concurrent.Executors;
            import org.jdbi.v3.core.Handle;

            public final class ApressadoHandler implements Handler {

                public ApressadoHandler() {
                    Executors.newSingleThreadExecutor().execute(() -> {});
                    %s
                }

                @Override
                public String tipo() {
                    return "pedido";
                }

                @Override
                public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) {
                    return new Outcome.Completed(null);
                }
            }
            """;

    @TempDir
    private Path plugins;

    @Test
    void aTipoWithTwoHandlersIsNamedWithBoth() throws Exception {
        assertThat(endOf(""))
                .contains("PEDIDOS_PLUGINS: tipo pedido has two handlers")
                .contains("PedidoHandler", "ApressadoHandler");
    }

    @Test
    void theErrorOfAHandlerAtItsStartIsPrinted() throws Exception {
        assertThat(endOf("if (true) throw new IllegalStateException(\"no tariff\");"))
                .contains("this program cannot go on and ends")
                .contains("ApressadoHandler", "no tariff");
    }

    private String endOf(String constructor) throws Exception {
        Plugin.pack("com.example.ApressadoHandler", RootLocale.format(HANDLER, constructor), plugins);
        try (var system = TestSystem.start("plugin-refused", Map.of("PEDIDOS_PLUGINS", plugins.toString()))) {
            var worker = system.shortLivedWorker();
            assertThat(worker.exitCode()).isEqualTo(1);
            return worker.log();
        }
    }
}
