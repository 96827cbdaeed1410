package dev.pedidos.shared.topology;

/**
 * Which ledger a fleet works on.
 *
 * @param id of the ledger: a dump keeps it
 * @param home the database that it lies in: a copy has another one, a promoted standby has not. Empty where that cannot be
 *     told
 */
public record LedgerId(String id, String home) {

    private static final String SEPARATOR = "/";

    /** Which ledger a mark names. */
    public static String idOf(String mark) {
        return mark.split(SEPARATOR, 2)[0];
    }

    /** Short: a broker that refuses it quotes it beside another one. */
    public String mark() {
        return id + SEPARATOR + Integer.toHexString(home.hashCode());
    }
}
