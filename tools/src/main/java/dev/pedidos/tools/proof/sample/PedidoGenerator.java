package dev.pedidos.tools.proof.sample;

import dev.pedidos.shared.text.RootLocale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Generates the same pedidos for the same seed. Their distribution is that of 100,000 real ones of a Brazilian
 * marketplace (Olist): the busiest of 3,095 recebedores has about 1.8 % of them, the top ten 14 %; there are 32,951
 * skus, and 90 % have one item. About 3 % are in {@link SampleTrouble}.
 */
final class PedidoGenerator {
    private static final int RECEBEDORES = 3_095;
    private static final int SKUS = 32_951;
    private static final int MOST_ITENS = 21;
    private static final Zipf RECEBEDOR = new Zipf(RECEBEDORES, 9);
    private static final Zipf SKU = new Zipf(SKUS, 20);
    private static final String[] ORIGENS = {"web", "mobile", "api"};

    private final RandomGenerator random;
    private int made;

    PedidoGenerator(long seed) {
        random = new SplittableRandom(seed);
    }

    SamplePedido next() {
        made++;
        var trouble = SampleTrouble.pick(random);
        Map<String, SampleItem> itens = new LinkedHashMap<>();
        for (int more = size(); more > 0; more--) {
            String sku = RootLocale.format("sku-%05d", SKU.pick(random) + 1);
            itens.putIfAbsent(sku, new SampleItem(sku, one(0.95), 500 + random.nextInt(50_000)));
        }
        return new SamplePedido(
                RootLocale.format("pedido-%07d", made),
                RootLocale.format("recebedor-%04d", RECEBEDOR.pick(random) + 1),
                ORIGENS[random.nextInt(ORIGENS.length)],
                trouble == null ? List.copyOf(itens.values()) : List.of(),
                500 + random.nextInt(3_000),
                trouble);
    }

    private int size() {
        return random.nextDouble() < 0.9 ? 1 : 1 + one(0.6);
    }

    /** Mostly 1; each further one has the same probability. Never so many that a pedido has more than 21 itens. */
    private int one(double stopsHere) {
        int number = 1;
        while (number < MOST_ITENS - 1 && random.nextDouble() >= stopsHere) {
            number++;
        }
        return number;
    }
}
