package dev.pedidos.shared.ledger;

/** Notes which dead letters have reached their queue. */
public final class DeadLetterMarks {

    private static final String PUBLISHED = Sql.named("dead_letter_published");

    private final Database database;

    public DeadLetterMarks(Database database) {
        this.database = database;
    }

    public void published(Version version) {
        database.jdbi().useHandle(handle -> handle.execute(PUBLISHED, version.pedidoId(), version.ciclo()));
    }
}
