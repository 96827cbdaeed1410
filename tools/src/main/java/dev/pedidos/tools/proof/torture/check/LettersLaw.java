package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.torture.system.LetterBrowser;
import dev.pedidos.tools.proof.torture.system.LetterBrowser.Letter;
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
import java.util.stream.Collectors;

/**
 * Every dead pedido has its letter, with the ciclo in which it died. Other letters are outdated copies: harmless, but
 * counted.
 */
final class LettersLaw {
    /** A message that is not a pedido has this prefix and the SHA-256 of its body as its name. */
    private static final String REFUSED = "mensagem:";

    /** The relay publishes missing letters within this time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final String DEAD = "select pedido_id, ciclo from pedidos where status = 'DEAD_LETTERED'";

    private LettersLaw() {}

    /**
     * @param ledger each statement sees the newest state
     * @param poison SHA-256 of each poison message that was sent
     * @param thrownAway number of messages that were deleted with their shards; poison may have been among them
     */
    static List<Verdict> check(LetterBrowser browser, Connection ledger, Set<String> poison, long thrownAway)
            throws IOException, SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var dead = dead(ledger);
        var letters = browser.all();
        while (!(missing(dead, letters).isEmpty() && unrefused(poison, letters).size() <= thrownAway)
                && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            dead = dead(ledger);
            letters = browser.all();
        }
        return List.of(lettersOfTheDead(dead, letters), refusals(poison, letters, thrownAway));
    }

    static Verdict lettersOfTheDead(Map<String, Integer> dead, List<Letter> letters) {
        var missing = missing(dead, letters);
        var ofPedidos = letters.stream().filter(letter -> !isRefused(letter)).toList();
        long stale = ofPedidos.stream()
                .filter(letter -> !Integer.valueOf(letter.ciclo()).equals(dead.get(letter.pedidoId())))
                .count();
        long copies = ofPedidos.size() - stale - (dead.size() - missing.size());
        return new Verdict(
                "every-dead-pedido-has-its-letter",
                RootLocale.format(
                        "%d dead, %d letters, %d of them copies, %d stale",
                        dead.size(), ofPedidos.size(), copies, stale),
                missing.size(),
                missing.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }

    static Verdict refusals(Set<String> poison, List<Letter> letters, long thrownAway) {
        var unrefused = unrefused(poison, letters);
        boolean holds = unrefused.size() <= thrownAway;
        return new Verdict(
                "what-is-no-pedido-is-a-dead-letter",
                RootLocale.format(
                        "%d messages of other content, %d letters, %d deleted with their shards",
                        poison.size(),
                        letters.stream().filter(LettersLaw::isRefused).count(),
                        holds ? unrefused.size() : 0),
                holds ? 0 : unrefused.size(),
                holds
                        ? List.of()
                        : unrefused.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }

    private static boolean isRefused(Letter letter) {
        return letter.pedidoId().startsWith(REFUSED);
    }

    private static List<String> unrefused(Set<String> poison, List<Letter> letters) {
        Set<String> refused = letters.stream().map(Letter::pedidoId).collect(Collectors.toSet());
        return poison.stream()
                .filter(sha256 -> !refused.contains(REFUSED + sha256))
                .toList();
    }

    private static List<String> missing(Map<String, Integer> dead, List<Letter> letters) {
        Set<Letter> there = new HashSet<>(letters);
        List<String> missing = new ArrayList<>();
        dead.forEach((pedidoId, ciclo) -> {
            if (!there.contains(new Letter(pedidoId, ciclo))) {
                missing.add(RootLocale.format("%s died in ciclo %d and has no letter", pedidoId, ciclo));
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
