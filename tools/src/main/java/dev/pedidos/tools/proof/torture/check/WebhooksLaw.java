package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.torture.callback.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every webhook of the ledger arrives with the body that it has there, and nothing else arrives. */
final class WebhooksLaw {
    /** A worker that was killed leaves its webhooks to the others after their lease. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final String PENDING = "PENDING";
    private static final String KEPT = """
            select webhook_id, status, encode(sha256(convert_to(corpo, 'UTF8')), 'hex') from webhooks order by ordem
            """;

    private WebhooksLaw() {}

    /** @param body SHA-256, as hex digits */
    record Kept(String id, String status, String body) {}

    /** @param ledger each statement sees the newest state */
    static Verdict check(Connection ledger, Received received) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var kept = kept(ledger);
        while (kept.stream().anyMatch(webhook -> webhook.status().equals(PENDING)) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
            kept = kept(ledger);
        }
        return judge(kept, received);
    }

    static Verdict judge(List<Kept> kept, Received received) {
        List<String> violations = new ArrayList<>(received.faults());
        kept.forEach(webhook -> fault(webhook, received).ifPresent(violations::add));
        Set<String> ids = kept.stream().map(Kept::id).collect(Collectors.toSet());
        received.ids().stream()
                .filter(id -> !ids.contains(id))
                .map(id -> id + " came and is not in the ledger")
                .forEach(violations::add);
        return new Verdict(
                "webhooks-arrive-as-they-are-kept",
                RootLocale.format(
                        "%d webhooks, %d attempts that arrived, %d webhooks delivered more than once",
                        kept.size(), received.attempts(), received.takenAgain()),
                violations.size(),
                violations.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }

    private static Optional<String> fault(Kept webhook, Received received) {
        if (!webhook.status().equals("DELIVERED")) {
            return Optional.of(webhook.id() + " is " + webhook.status());
        }
        var came = received.find(webhook.id());
        if (came.isEmpty() || came.get().taken() == 0) {
            return Optional.of(webhook.id() + " is DELIVERED, and no endpoint has taken it");
        }
        return came.get().body().equals(webhook.body())
                ? Optional.empty()
                : Optional.of(webhook.id() + " came with another body than it has in the ledger");
    }

    private static List<Kept> kept(Connection ledger) throws SQLException {
        List<Kept> kept = new ArrayList<>();
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery(KEPT)) {
            while (row.next()) {
                kept.add(new Kept(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return kept;
    }
}
