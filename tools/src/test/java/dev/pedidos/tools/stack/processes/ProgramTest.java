package dev.pedidos.tools.stack.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.config.Env;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8080",
        "192.168.0.10, http://192.168.0.10:8080",
        "0.0.0.0, http://127.0.0.1:8080",
        "::, http://[::1]:8080",
        "::1, http://[::1]:8080",
        "pedidos.example.com, http://pedidos.example.com:8080",
    })
    void itIsAskedAtTheAddressThatItListensOn(String host, String url) {
        assertThat(new Program("api-1", Path.of("api.jar"), host, 8080, Map.of()).url())
                .hasToString(url);
    }

    @Test
    void anAddressOfAnotherMachineIsNamedWithItsSetting() throws Exception {
        assertThat(ProgramAddress.API.address(new Env(Map.of())).isLoopbackAddress())
                .isTrue();
        assertThatThrownBy(() -> ProgramAddress.WORKER.address(new Env(Map.of("PEDIDOS_WORKER_HOST", "192.0.2.1"))))
                .isInstanceOf(IOException.class)
                .hasMessage("PEDIDOS_WORKER_HOST: this machine does not have the address 192.0.2.1");
    }
}
