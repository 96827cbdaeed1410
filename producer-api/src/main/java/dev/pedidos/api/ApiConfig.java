package dev.pedidos.api;

import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.FleetConfig;
import dev.pedidos.shared.runtime.Settings;

/**
 * A producer's settings.
 *
 * @param port 0: any
 * @param inFlight pedidos that may be on their way to an answer at once
 */
public record ApiConfig(FleetConfig fleet, String host, int port, int inFlight) {

    public static ApiConfig from(Env env) {
        return new ApiConfig(
                FleetConfig.from(env),
                env.validOrDefault(Settings.API_HOST),
                env.integer(Settings.API_PORT),
                env.integer(Settings.API_IN_FLIGHT));
    }
}
