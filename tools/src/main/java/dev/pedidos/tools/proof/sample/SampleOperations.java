package dev.pedidos.tools.proof.sample;

import dev.pedidos.shared.text.RootLocale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Generates events of operations as bodies of {@code POST /operations}, the same for the same random numbers: a few
 * operations at once, their events shuffled, some sent twice, some after the end of their operation.
 */
public final class SampleOperations {
    private static final int AT_ONCE = 4;
    private static final double TWICE = 0.1;
    private static final double REJECTED = 0.1;
    private static final double LATE = 0.2;

    private final String prefix;
    private final Supplier<String> recebedorId;
    private final RandomGenerator random;
    private int made;

    /**
     * @param prefix of every external_id
     * @param recebedorId asked once for each operation
     */
    public SampleOperations(String prefix, Supplier<String> recebedorId, RandomGenerator random) {
        this.prefix = prefix;
        this.recebedorId = recebedorId;
        this.random = random;
    }

    /** The events of the next few operations, in the order in which they are sent. */
    public List<byte[]> next() {
        List<byte[]> all = new ArrayList<>();
        List<byte[]> late = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            operation(all, late);
        }
        Collections.shuffle(all, random);
        all.addAll(late);
        return all;
    }

    private void operation(List<byte[]> events, List<byte[]> late) {
        String head = RootLocale.format(
                "{\"external_id\":\"%s%d\",\"recebedor_id\":\"%s\",", prefix, ++made, recebedorId.get());
        add(
                events,
                head + "\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":" + random.nextInt(100_000) + "}}");
        add(events, head + "\"event_type\":\"STARTED\",\"payload\":{}}");
        for (int i = random.nextInt(3); i > 0; i--) {
            add(events, head + adjusted(i));
        }
        String end = random.nextDouble() < REJECTED
                ? "\"event_type\":\"REJECTED\",\"payload\":{\"motivo\":\"sem saldo\"}}"
                : "\"event_type\":\"COMPLETED\",\"payload\":{}}";
        add(events, head + end);
        if (random.nextDouble() < LATE) {
            add(late, head + adjusted(0));
        }
    }

    /** Some would take the amount below zero. */
    private String adjusted(int number) {
        return RootLocale.format(
                "\"event_type\":\"ADJUSTED\",\"payload\":{\"delta_centavos\":%d,\"referencia\":\"nota %d\"}}",
                random.nextInt(-30_000, 50_000), number);
    }

    private void add(List<byte[]> events, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        events.add(bytes);
        if (random.nextDouble() < TWICE) {
            events.add(bytes);
        }
    }
}
