package dev.pedidos.shared.ledger.relay;

import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;

/**
 * What was published of a pedido, so that the mark goes to that and to nothing newer.
 *
 * @param status of the row when it was published
 */
public record PublishedMark(Version version, Status status) {}
