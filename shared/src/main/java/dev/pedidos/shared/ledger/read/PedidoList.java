package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.read.PedidoReads.Filter;
import dev.pedidos.shared.ledger.read.PedidoReads.IdPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;

/**
 * A page of the list of pedidos, newest first: places and sizes. The archive is asked only if the page may reach it.
 *
 * @param before the page begins below this place
 * @param pageBytes the page ends early at this many
 */
record PedidoList(Handle handle, Filter filter, Position before, int limit, int pageBytes) {

    /** @param archivedUpTo the newest place in the archive: below it the archive may have pedidos of this page too */
    private record Row(Position position, int bytes, long archivedUpTo) {
        private static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new Position(row.getLong("ordem"), row.getString("pedido_id")),
                    row.getInt("answer_bytes"),
                    row.getLong("ultima_ordem"));
        }

        private boolean isBesideTheArchive() {
            return position.ordem() <= archivedUpTo;
        }
    }

    /** The two statements of a list. */
    private record Statements(String live, String withArchive) {
        private static Statements where(String shown, String ofRecebedor) {
            return new Statements(
                    filled("pedidos_page", shown, ofRecebedor),
                    filled("pedidos_page_with_archive", shown, ofRecebedor));
        }

        private static String filled(String name, String shown, String ofRecebedor) {
            return Sql.fill(Sql.named(name), Map.of("shown", shown, "of_recebedor", ofRecebedor));
        }
    }

    /**
     * The lists by what they select.
     *
     * @param stored of states that are shown as they are stored, or of all
     * @param waiting of PENDING or RETRYING: some of these are shown as PROCESSING
     * @param processing of PROCESSING
     */
    private record Lists(Statements stored, Statements waiting, String processing) {
        private static Lists where(String ofRecebedor) {
            return new Lists(
                    Statements.where("", ofRecebedor),
                    Statements.where("and visible_status(p.status, p.begun, p.pedido_id) = p.status", ofRecebedor),
                    Statements.filled("pedidos_processing", "", ofRecebedor));
        }
    }

    private static final Lists ALL = Lists.where("");
    private static final Lists OF_RECEBEDOR = Lists.where("and p.recebedor_id = :recebedor_id::text");
    private static final List<String> STATES =
            Arrays.stream(PedidoStatus.values()).map(PedidoStatus::name).toList();
    private static final long NOTHING_ARCHIVED = 0;

    IdPage read() {
        Lists lists = filter.recebedorId().isPresent() ? OF_RECEBEDOR : ALL;
        return switch (filter.status().orElse("")) {
            case "PROCESSING" -> whole(lists.processing());
            case "PENDING", "RETRYING" -> read(lists.waiting());
            default -> read(lists.stored());
        };
    }

    private IdPage read(Statements statements) {
        return aboveTheArchive(statements.live()).orElseGet(() -> whole(statements.withArchive()));
    }

    /** Empty if the page may have pedidos of the archive: then all are read in one snapshot. */
    private Optional<IdPage> aboveTheArchive(String statement) {
        PageCut<Position> cut = new PageCut<>(limit, pageBytes);
        try (ResultIterator<Row> rows = rows(statement)) {
            long archivedUpTo = Long.MAX_VALUE;
            while (rows.hasNext()) {
                Row row = rows.next();
                if (row.isBesideTheArchive()) {
                    return Optional.empty();
                }
                if (!cut.take(row.position(), row.bytes())) {
                    return Optional.of(page(cut));
                }
                archivedUpTo = row.archivedUpTo();
            }
            return archivedUpTo == NOTHING_ARCHIVED ? Optional.of(page(cut)) : Optional.empty();
        }
    }

    private IdPage whole(String statement) {
        PageCut<Position> cut = new PageCut<>(limit, pageBytes);
        try (ResultIterator<Row> rows = rows(statement)) {
            boolean more = true;
            while (more && rows.hasNext()) {
                Row row = rows.next();
                more = cut.take(row.position(), row.bytes());
            }
        }
        return page(cut);
    }

    private ResultIterator<Row> rows(String statement) {
        Query query = handle.createQuery(statement)
                .setFetchSize(PageRead.FETCH)
                .bind("tipo", filter.tipo().orElse(null))
                .bindArray("states", String.class, filter.status().map(List::of).orElse(STATES))
                .bind("ordem", before.ordem())
                .bind("pedido_id", before.id())
                .bind("rows", limit + 1);
        filter.recebedorId().ifPresent(id -> query.bind("recebedor_id", id));
        return query.map((row, context) -> Row.of(row)).iterator();
    }

    private static IdPage page(PageCut<Position> cut) {
        return new IdPage(cut.taken().stream().map(Position::id).toList(), cut.bytes(), cut.next());
    }
}
