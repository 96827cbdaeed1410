package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.tools.proof.torture.callback.CallbackServer;
import dev.pedidos.tools.stack.processes.HiddenSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of the programs under torture: short waits, so that a run can drain, and none of the user's own
 * settings.
 */
final class ProgramSettings {
    private static final Map<String, String> OURS = Map.of(
            "PEDIDOS_SHARDS", "8",
            "PEDIDOS_RETRY_BASE_MS", "100",
            "PEDIDOS_RETRY_MAX_MS", "2000",
            "PEDIDOS_MAX_TENTATIVAS", "5",
            "PEDIDOS_SIGN_OF_LIFE_MS", "5000",
            "PEDIDOS_HANDLER_SIMULADO", "on",
            "PEDIDOS_LIMITES", "treino=20/s",
            "PEDIDOS_CALLBACK_HOSTS", CallbackServer.HOST,
            "PEDIDOS_LOG", "json");

    private ProgramSettings() {}

    static Map<String, String> forTorture() {
        Map<String, String> settings = new HashMap<>(HiddenSettings.ALL);
        settings.putAll(OURS);
        return settings;
    }
}
