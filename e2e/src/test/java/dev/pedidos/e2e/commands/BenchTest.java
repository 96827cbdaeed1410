package dev.pedidos.e2e.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.PedidosCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.json.JsonMapper;

@ResourceLock(PedidosCommand.CHECKOUT)
@Order(4)
class BenchTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aRoundHasTheRatesTimesAndCostsOfEveryPart() throws Exception {
        var json = folder.resolve("bench.json");

        var bench = PedidosCommand.run("bench", "--rounds", "1", "--seconds", "1", "--json", json.toString());

        assertThat(bench.exitCode()).as(bench.output()).isZero();
        assertThat(bench.output()).contains("median", "ingest /s", "drain /s", "drain in lots of 16 /s");
        var figures = JsonMapper.shared().readTree(json.toFile()).path("medians");
        assertThat(figures.properties()).as(figures.toPrettyString()).hasSizeGreaterThan(20);
        assertThat(figures.path("ingest, refused").asDouble()).isZero();
        for (String name : new String[] {
            "ingest /s",
            "ingest api us/pedido",
            "drain /s",
            "drain, first pedido after ms",
            "drain in lots of 16 /s",
            "at 100/s, effect p99 ms",
            "broker alone, drained /s"
        }) {
            assertThat(figures.path(name).asDouble()).as(name).isPositive();
        }
    }
}
