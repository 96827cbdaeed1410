package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.torture.faults.Loss;
import dev.pedidos.tools.proof.torture.load.PoisonMessage;
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
     * @param poison that was sent
     * @param losses poison that was deleted with its shard has no letter
     */
    static List<Verdict> check(LetterBrowser browser, Connection ledger, List<PoisonMessage> poison, List<Loss> losses)
            throws IOException, SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var dead = dead(ledger);
        var letters = browser.all();
        while (!(missing(dead, letters).isEmpty()
                        && refusals(poison, letters, losses).holds())
                && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
            dead = dead(ledger);
            letters = browser.all();
        }
        return List.of(lettersOfTheDead(dead, letters), refusals(poison, letters, losses));
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

    /** Without a letter may be only those that were deleted with their shards. */
    static Verdict refusals(List<PoisonMessage> poison, List<Letter> letters, List<Loss> losses) {
        Set<String> refused = letters.stream().map(Letter::pedidoId).collect(Collectors.toSet());
        Map<String, List<PoisonMessage>> unrefused = poison.stream()
                .filter(message -> !refused.contains(REFUSED + message.sha256()))
                .collect(Collectors.groupingBy(PoisonMessage::sha256));
        List<String> missing = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        unrefused.forEach((sha256, sendings) ->
                (sendings.stream().allMatch(sending -> mayBeAmong(losses, sending)) ? lost : missing).add(sha256));
        return new Verdict(
                "what-is-no-pedido-is-a-dead-letter",
                RootLocale.format(
                        "%d messages of other content, %d letters, %d deleted with their shards",
                        poison.stream().map(PoisonMessage::sha256).distinct().count(),
                        letters.stream().filter(LettersLaw::isRefused).count(),
                        lost.size()),
                missing.size(),
                missing.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }

    private static boolean mayBeAmong(List<Loss> losses, PoisonMessage message) {
        return losses.stream()
                .anyMatch(loss -> loss.taken().contains(message.sha256())
                        || (message.confirmedNanos() >= loss.fromNanos() && message.sentNanos() <= loss.untilNanos()));
    }

    private static boolean isRefused(Letter letter) {
        return letter.pedidoId().startsWith(REFUSED);
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
