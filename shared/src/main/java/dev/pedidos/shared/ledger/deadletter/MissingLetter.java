package dev.pedidos.shared.ledger.deadletter;

import dev.pedidos.shared.message.Letter;

/**
 * A dead letter that the broker had confirmed and that was not found in the queue.
 *
 * @param rowVersion another one each time the pedido's row is written, so also when the letter is published again
 */
public record MissingLetter(Letter letter, String rowVersion) {}
