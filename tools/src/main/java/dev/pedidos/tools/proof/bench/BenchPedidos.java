package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.sample.Zipf;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pedidos of about 400 bytes: 1 to 3 itens of 2,000 skus, for 1,000 receivers by Zipf's law. */
final class BenchPedidos {
    private static final int SKUS = 2_000;
    private static final int MOST_ITENS = 3;
    private static final int BYTES = 400;
    private static final long PLENTY = 1_000_000_000;
    private static final Zipf RECEBEDOR = new Zipf(1_000, 1);

    /** A pedido as it is posted. */
    record Body(String pedidoId, byte[] json) {}

    private final RandomGenerator random;
    private long made;

    BenchPedidos(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The stock of all skus, as lines for {@code PUT /estoque}. */
    static Iterator<String> estoque() {
        return IntStream.range(0, SKUS)
                .mapToObj(sku -> RootLocale.format("{\"sku\":\"%s\",\"disponivel\":%d}", sku(sku), PLENTY))
                .iterator();
    }

    synchronized Body next() {
        String id = "bench-" + made++;
        int first = random.nextInt(SKUS);
        String itens = IntStream.rangeClosed(0, random.nextInt(MOST_ITENS))
                .mapToObj(place -> "{\"sku\":\"" + sku((first + place) % SKUS) + "\",\"quantidade\":"
                        + (1 + random.nextInt(3)) + ",\"preco_centavos\":1990}")
                .collect(Collectors.joining(","));
        String json = "{\"pedido_id\":\"" + id + "\",\"recebedor_id\":\"rcb-" + RECEBEDOR.pick(random)
                + "\",\"origem\":\"api\",\"itens\":[" + itens + "],\"dados\":{\"observacao\":\"";
        String end = "\"}}";
        String padding = "x".repeat(Math.max(0, BYTES - json.length() - end.length()));
        return new Body(id, (json + padding + end).getBytes(StandardCharsets.UTF_8));
    }

    private static String sku(int number) {
        return "sku-" + number;
    }
}
