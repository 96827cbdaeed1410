package dev.pedidos.shared.topology;

/**
 * Identifies the ledger of a fleet.
 *
 * @param id of the ledger; a dump keeps it
 * @param home the database that holds it: a restored copy has another one, a promoted standby has the same. Empty if
 * it cannot be determined
 */
public record LedgerId(String id, String home) {

    private static final String SEPARATOR = "/";

    /** The ledger that a mark names. */
    public static String idOf(String mark) {
        return mark.split(SEPARATOR, 2)[0];
    }

    /** Short, because a broker that refuses it quotes it beside another one. */
    public String mark() {
        return id + SEPARATOR + Integer.toHexString(home.hashCode());
    }
}
