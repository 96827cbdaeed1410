package dev.pedidos.local.torture.check;

import dev.pedidos.local.torture.system.BrokerAdmin;
import dev.pedidos.local.verify.Verdict;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Every dead pedido has its letter, with the ciclo that it died in. A letter beside those is a copy that is no longer true:
 * no harm, but counted.
 */
final class LettersLaw {
    /** The relay publishes what lacks its letter. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final String DEAD = "select pedido_id, ciclo from pedidos where status = 'DEAD_LETTERED'";

    private LettersLaw() {}

    /** @param ledger each statement sees the newest state */
    static Verdict check(BrokerAdmin broker, Connection ledger) throws IOException, SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var dead = dead(ledger);
        var letters = broker.deadLetters();
        while (!missing(dead, letters).isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            dead = dead(ledger);
            letters = broker.deadLetters();
        }
        return verdict(dead, letters);
    }

    static Verdict verdict(Map<String, Integer> dead, List<BrokerAdmin.Letter> letters) {
        var missing = missing(dead, letters);
        long stale = letters.stream()
                .filter(letter -> !Integer.valueOf(letter.ciclo()).equals(dead.get(letter.pedidoId())))
                .count();
        long copies = letters.size() - stale - (dead.size() - missing.size());
        return new Verdict(
                "every-dead-pedido-has-its-letter",
                "%d dead, %d letters, %d of them copies, %d stale"
                        .formatted(dead.size(), letters.size(), copies, stale),
                missing.size(),
                missing.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }

    private static List<String> missing(Map<String, Integer> dead, List<BrokerAdmin.Letter> letters) {
        Set<BrokerAdmin.Letter> there = new HashSet<>(letters);
        List<String> missing = new ArrayList<>();
        dead.forEach((pedidoId, ciclo) -> {
            if (!there.contains(new BrokerAdmin.Letter(pedidoId, ciclo))) {
                missing.add("%s died in ciclo %d and has no letter".formatted(pedidoId, ciclo));
            }
        });
        return missing;
    }

    private static Map<String, Integer> dead(Connection ledger) throws SQLException {
        Map<String, Integer> dead = new HashMap<>();
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery(DEAD)) {
            while (row.next()) {
                dead.put(row.getString(1), row.getInt(2));
            }
        }
        return dead;
    }
}
