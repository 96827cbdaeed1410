package dev.pedidos.local.commands;

import dev.pedidos.local.load.EstoqueSender;
import dev.pedidos.local.load.NdjsonSource;
import dev.pedidos.local.load.Source;
import dev.pedidos.local.sample.SampleEstoque;
import dev.pedidos.local.sample.SampleSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a demo sends. */
sealed interface DemoLoad {

    String description();

    /** How many pedidos there are, repetitions not counted. */
    long size() throws IOException;

    /** Returns the number of skus. */
    long putEstoque(URI api) throws IOException, InterruptedException;

    Source open() throws IOException;

    /** Made by us. */
    record Sample(long seed, int pedidos) implements DemoLoad {

        @Override
        public String description() {
            return "%,d sample pedidos (seed %d)".formatted(pedidos, seed);
        }

        @Override
        public long size() {
            return pedidos;
        }

        @Override
        public long putEstoque(URI api) throws IOException, InterruptedException {
            var lines = SampleEstoque.of(seed, pedidos).entrySet().stream()
                    .map(each -> "{\"sku\":\"%s\",\"disponivel\":%d}".formatted(each.getKey(), each.getValue()));
            return EstoqueSender.send(api, lines.iterator());
        }

        @Override
        public Source open() {
            return new SampleSource(seed, pedidos);
        }
    }

    /**
     * From files.
     *
     * @param most 0: all
     */
    record Real(Path input, Path estoque, int most) implements DemoLoad {

        @Override
        public String description() {
            return "pedidos of " + input.getFileName();
        }

        @Override
        public long size() throws IOException {
            long all = NdjsonSource.count(input);
            return most == 0 ? all : Math.min(most, all);
        }

        @Override
        public long putEstoque(URI api) throws IOException, InterruptedException {
            try (var lines = Files.lines(estoque)) {
                return EstoqueSender.send(api, lines.iterator());
            }
        }

        @Override
        public Source open() throws IOException {
            return NdjsonSource.of(input, most == 0 ? Long.MAX_VALUE : most);
        }
    }
}
