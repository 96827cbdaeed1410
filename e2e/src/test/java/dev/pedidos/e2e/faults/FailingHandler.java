package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A system with a handler that fails as it is told. Its attempts follow each other soon. */
final class FailingHandler {

    private FailingHandler() {}

    /**
     * Its programs are not started yet.
     *
     * @param type the full name of the handler's class
     * @param plugins an empty folder
     */
    static TestSystem system(String name, String type, String source, Path plugins) throws Exception {
        return system(name, type, source, plugins, Map.of());
    }

    /** As {@link #system(String, String, String, Path)}, with further settings. */
    static TestSystem system(String name, String type, String source, Path plugins, Map<String, String> further)
            throws Exception {
        Plugin.pack(type, source, plugins);
        var settings = new HashMap<>(Map.of(
                "PEDIDOS_PLUGINS", plugins.toString(),
                "PEDIDOS_HANDLER_SIMULADO", "on",
                "PEDIDOS_RETRY_BASE_MS", "50",
                "PEDIDOS_RETRY_MAX_MS", "400",
                "PEDIDOS_SHARDS", "2"));
        settings.putAll(further);
        return TestSystem.start(name, settings);
    }

    /** A pedido that fails so many times. */
    static String pedido(String id, String recebedorId, String how, int times) {
        return RootLocale.format("""
            {"pedido_id":"%s","tipo":"falha","recebedor_id":"%s","origem":"api","dados":{"como":"%s","vezes":%d}}
            """, id, recebedorId, how, times);
    }
}
