package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.shared.text.RootLocale;
import java.util.ArrayList;
import java.util.List;

/** The skus of a run: one that everybody wants, a pair, many with plenty of stock, some that run out. */
final class Stock {
    static final int PLENTY = 60;
    static final int SCARCE = 12;
    static final String HOT = "sku-quente";

    private static final long ENOUGH = 1_000_000_000;

    private Stock() {}

    static String plenty(int number) {
        return RootLocale.format("sku-%02d", number);
    }

    static String pair(int number) {
        return plenty(number);
    }

    static String scarce(int number) {
        return RootLocale.format("sku-raro-%02d", number);
    }

    /** As lines of {@code {"sku","disponivel"}}; a scarce sku suffices for some of the pedidos, and never exactly. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(HOT, ENOUGH));
        for (int i = 0; i < PLENTY; i++) {
            lines.add(line(plenty(i), ENOUGH));
        }
        for (int i = 0; i < SCARCE; i++) {
            lines.add(line(scarce(i), 7L + 13L * i));
        }
        return lines;
    }

    private static String line(String sku, long disponivel) {
        return RootLocale.format("{\"sku\":\"%s\",\"disponivel\":%d}", sku, disponivel);
    }
}
