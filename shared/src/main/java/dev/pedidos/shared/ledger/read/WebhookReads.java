package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.webhook.WebhookStatus;
import java.util.Optional;

/** Reads of webhooks. The database writes the JSON as the client gets it. */
public final class WebhookReads {
    private static final String PAGE = Sql.named("webhooks_page");

    private final Database database;
    private final int pageBytes;

    /** @param pageBytes a page ends early at this many; a larger answer is a page alone */
    public WebhookReads(Database database, int pageBytes) {
        this.database = database;
        this.pageBytes = pageBytes;
    }

    /** Newest first. */
    public Page<Position> list(Optional<WebhookStatus> status, Optional<Position> after, int limit) {
        return PageRead.of(
                database,
                handle -> Page.of(
                        handle.createQuery(PAGE)
                                .setFetchSize(PageRead.FETCH)
                                .bindArray("states", String.class, StatusFilter.names(status, WebhookStatus.class))
                                .bind("ordem", after.orElse(Position.NEWEST).ordem())
                                .bind("rows", limit + 1),
                        limit,
                        pageBytes,
                        row -> new Position(row.getLong("ordem"), row.getString("webhook_id"))));
    }
}
