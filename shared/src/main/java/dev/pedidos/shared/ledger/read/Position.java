package dev.pedidos.shared.ledger.read;

/**
 * A place in a list that is in the order of acceptance.
 *
 * @param id of the entry: a pedido_id or an external_id
 */
public record Position(long ordem, String id) {

    /** Before the first entry of a list that begins with the newest one. */
    static final Position NEWEST = new Position(Long.MAX_VALUE, "");
}
