package dev.pedidos.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.config.Env;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderConfigTest {

    @Test
    void withoutAnAddressThereIsNoProvider() {
        var env = new Env(Map.of());
        assertThat(ProviderConfig.from(env)).isEmpty();
        env.check();
    }

    @Test
    void anAddressIsEnough() {
        var config = ProviderConfig.from(new Env(Map.of("PEDIDOS_CNPJ_URL", "https://brasilapi.com.br/api/cnpj/v1/")));
        assertThat(config).hasValueSatisfying(provider -> {
            assertThat(provider.url()).isEqualTo(URI.create("https://brasilapi.com.br/api/cnpj/v1"));
            assertThat(provider.shape()).isInstanceOf(BrasilApi.class);
            assertThat(provider.timeout()).isEqualTo(Duration.ofSeconds(5));
            assertThat(provider.token()).isEmpty();
            assertThat(provider.age()).isEqualTo(Duration.ofDays(1));
        });
    }

    @Test
    void everyProblemIsReportedAndNoSecretIsRepeated(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "a secret\nin two lines");
        var env = new Env(Map.of(
                "PEDIDOS_CNPJ_URL", "https://user:secret@provider/cnpj",
                "PEDIDOS_CNPJ_FORMATO", "xml",
                "PEDIDOS_CNPJ_TIMEOUT_MS", "99",
                "PEDIDOS_CNPJ_IDADE", "off",
                "PEDIDOS_CNPJ_TOKEN_FILE", token.toString()));

        assertThat(ProviderConfig.from(env)).isEmpty();

        assertThatThrownBy(env::check)
                .hasMessageContainingAll(
                        "PEDIDOS_CNPJ_URL must be http:// or https:// with a host: it has a user",
                        "PEDIDOS_CNPJ_FORMATO must be brasilapi or cnpjws",
                        "PEDIDOS_CNPJ_TIMEOUT_MS must be an integer from 100 to 60000",
                        "PEDIDOS_CNPJ_IDADE must be a number with d, h, m or s",
                        "PEDIDOS_CNPJ_TOKEN_FILE names a file that cannot be read")
                .hasMessageNotContaining("secret");
    }
}
