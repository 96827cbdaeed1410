package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.shared.config.Setting;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.tools.proof.torture.callback.CallbackServer;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** An empty variable counts as not set: this hides the user's own settings. */
    static final Map<String, String> FOR_TORTURE = Settings.ALL.stream()
            .collect(Collectors.toUnmodifiableMap(Setting::name, each -> OURS.getOrDefault(each.name(), "")));

    private ProgramSettings() {}
}
