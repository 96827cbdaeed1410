package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TestSystem;
import java.nio.file.Path;
import java.util.Map;

/** A system with a handler that fails as it is told. Its attempts follow each other soon, and are cut off soon. */
final class FailingHandler {

    private FailingHandler() {}

    /**
     * Its programs are not started yet.
     *
     * @param type the full name of the handler's class
     * @param plugins an empty folder
     */
    static TestSystem system(String name, String type, String source, Path plugins) throws Exception {
        Plugin.pack(type, source, plugins);
        return TestSystem.start(
                name,
                Map.of(
                        "PEDIDOS_PLUGINS", plugins.toString(),
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_HANDLER_LIMIT_MS", "1500",
                        "PEDIDOS_RETRY_BASE_MS", "50",
                        "PEDIDOS_RETRY_MAX_MS", "400",
                        "PEDIDOS_SHARDS", "2"));
    }
}
