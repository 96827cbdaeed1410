package dev.pedidos.worker.provider;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.HttpUrl;
import dev.pedidos.shared.config.SecretFile;
import dev.pedidos.shared.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A provider of company data.
 *
 * @param url without the CNPJ
 * @param timeout of a whole call
 * @param token empty: the provider takes none
 * @param age how long an answer serves further expenses
 */
public record ProviderConfig(URI url, ResponseShape shape, Duration timeout, Optional<TokenFile> token, Duration age) {

    /** Empty if there is no provider. */
    public static Optional<ProviderConfig> from(Env env) {
        var token = token(env);
        var shape = ResponseShape.of(env.validOrDefault(Settings.CNPJ_FORMATO));
        var timeout = Duration.ofMillis(env.integer(Settings.CNPJ_TIMEOUT_MS));
        var age = env.age(Settings.CNPJ_IDADE);
        return env.parsed(
                Settings.CNPJ_URL,
                Optional.empty(),
                url -> Optional.of(new ProviderConfig(HttpUrl.parse(url), shape, timeout, token, age)));
    }

    private static Optional<TokenFile> token(Env env) {
        Optional<TokenFile> file = env.parsed(
                Settings.CNPJ_TOKEN_FILE,
                Optional.empty(),
                path -> Optional.of(new TokenFile(new SecretFile(Path.of(path)))));
        if (file.isPresent() && file.get().token().isEmpty()) {
            env.problem(
                    Settings.CNPJ_TOKEN_FILE,
                    "names a file that cannot be read, or that does not hold one token of visible ASCII characters");
        }
        return file;
    }
}
