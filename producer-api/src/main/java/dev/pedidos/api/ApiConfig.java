package dev.pedidos.api;

import dev.pedidos.api.http.HostNames;
import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.message.BuiltInTipos;
import dev.pedidos.shared.message.CallbackHosts;
import java.util.Set;

/**
 * A producer's settings.
 *
 * @param port 0: a free port
 * @param names what the header Host may say
 * @param inFlight pedidos that may be on their way to an answer at once
 * @param listeners streams that may be open at once
 * @param callbackHosts that webhooks may be sent to
 * @param builtInTipos those that are taken although no worker has registered them yet
 */
record ApiConfig(
        FleetConfig fleet,
        String host,
        int port,
        HostNames names,
        int inFlight,
        int listeners,
        CallbackHosts callbackHosts,
        Set<String> builtInTipos) {

    static ApiConfig from(Env env) {
        String host = env.validOrDefault(Settings.API_HOST);
        return new ApiConfig(
                FleetConfig.from(env),
                host,
                env.integer(Settings.API_PORT),
                HostNames.of(env.text(Settings.ALLOWED_HOSTS), host),
                env.integer(Settings.API_IN_FLIGHT),
                env.integer(Settings.LISTENERS),
                env.parsed(Settings.CALLBACK_HOSTS, CallbackHosts.NONE, CallbackHosts::parse),
                env.onOff(Settings.HANDLER_SIMULADO) ? BuiltInTipos.ALL : BuiltInTipos.USUAL);
    }
}
