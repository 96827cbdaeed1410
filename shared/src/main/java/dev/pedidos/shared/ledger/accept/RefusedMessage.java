package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.message.FieldError;
import java.util.List;

/**
 * A message that is no pedido, as the event MENSAGEM_RECUSADA records it.
 *
 * @param sha256 of its body, in hexadecimal
 * @param queue that it came from
 * @param size of its body in bytes
 */
public record RefusedMessage(
        String sha256, String motivo, String erroClasse, List<FieldError> faults, String queue, int size) {}
