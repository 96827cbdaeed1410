package dev.pedidos.tools.cli.proof;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.load.EstoqueSender;
import dev.pedidos.tools.proof.load.NdjsonSource;
import dev.pedidos.tools.proof.load.Source;
import dev.pedidos.tools.proof.sample.OperationsAmongPedidos;
import dev.pedidos.tools.proof.sample.SampleEstoque;
import dev.pedidos.tools.proof.sample.SampleSource;
import dev.pedidos.tools.proof.sample.SampleTrouble;
import dev.pedidos.tools.proof.sample.SampleTroubles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The pedidos that a demo sends. */
sealed interface DemoLoad {

    String description();

    /** The number of pedidos without repetitions. */
    long size() throws IOException;

    /** Sets the stock; returns the number of skus. */
    long putEstoque(URI api) throws IOException, InterruptedException;

    Source open() throws IOException;

    /** The intended trouble of some pedidos, by pedido_id. */
    default Map<String, SampleTrouble> troubles() {
        return Map.of();
    }

    /** The number of poison messages (not pedidos) of each kind. */
    default int poison() {
        return 0;
    }

    /** Generated from a seed. */
    record Sample(long seed, int pedidos) implements DemoLoad {
        private static final int POISON_EVERY = 1_000;
        private static final int MOST_POISON = 100;

        @Override
        public String description() {
            return RootLocale.format("%,d sample pedidos (seed %d), events of operations among them", pedidos, seed);
        }

        @Override
        public long size() {
            return pedidos;
        }

        @Override
        public long putEstoque(URI api) throws IOException, InterruptedException {
            var lines = SampleEstoque.of(seed, pedidos).entrySet().stream()
                    .map(each ->
                            RootLocale.format("{\"sku\":\"%s\",\"disponivel\":%d}", each.getKey(), each.getValue()));
            return EstoqueSender.send(api, lines.iterator());
        }

        @Override
        public Source open() {
            return new OperationsAmongPedidos(new SampleSource(seed, pedidos), seed);
        }

        @Override
        public Map<String, SampleTrouble> troubles() {
            return SampleTroubles.of(seed, pedidos);
        }

        @Override
        public int poison() {
            return Math.clamp(pedidos / POISON_EVERY, 1, MOST_POISON);
        }
    }

    /**
     * Read from files.
     *
     * @param most the largest number of pedidos; 0: all
     */
    record Real(Path input, Path estoque, int most) implements DemoLoad {

        @Override
        public String description() {
            return "pedidos of " + input.getFileName();
        }

        /** @throws IOException a line cannot be sent: better before the first pedido than among them */
        @Override
        public long size() throws IOException {
            try (var pedidos = open()) {
                long size = 0;
                while (pedidos.next() != null) {
                    size++;
                }
                return size;
            }
        }

        @Override
        public long putEstoque(URI api) throws IOException, InterruptedException {
            try (var lines = Files.lines(estoque)) {
                return EstoqueSender.send(
                        api, lines.map(line -> line.replaceFirst("^\uFEFF", "")).iterator());
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public NdjsonSource open() throws IOException {
            return NdjsonSource.of(input, most == 0 ? Long.MAX_VALUE : most);
        }
    }
}
