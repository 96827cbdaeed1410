package dev.pedidos.tools.proof.laws;

/** The moment by which a ledger is judged. */
public enum AsOf {
    /** For a running system. */
    NOW("select now()"),
    /** For a stopped system: pedidos which waited at the stop are not late. */
    LAST_EVENT("""
            select coalesce(
                greatest(
                    (select occurred_at from operation_events order by id desc limit 1),
                    (select occurred_at from eventos_arquivados order by id desc limit 1)),
                now())""");

    private final String moment;

    AsOf(String moment) {
        this.moment = moment;
    }

    /** A query for the moment. */
    String moment() {
        return moment;
    }
}
