package dev.pedidos.shared.ledger.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Selects dead letters; an absent filter selects all.
 *
 * @param desde the last failure was then or later
 * @param ate the last failure was before that
 * @param pedidoIds pedidos that are not dead are skipped
 */
public record DeadLetterFilter(
        Optional<String> motivo,
        Optional<String> erroClasse,
        Optional<String> tipo,
        Optional<String> recebedorId,
        Optional<Instant> desde,
        Optional<Instant> ate,
        Optional<List<String>> pedidoIds) {}
