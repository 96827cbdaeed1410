package dev.pedidos.shared.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which dead letters are meant; what is absent takes all.
 *
 * @param desde the last failure was then or later
 * @param ate the last failure was before that
 * @param pedidoIds none of which need be dead
 */
public record DeadLetterFilter(
        Optional<String> motivo,
        Optional<String> erroClasse,
        Optional<String> tipo,
        Optional<String> recebedorId,
        Optional<Instant> desde,
        Optional<Instant> ate,
        Optional<List<String>> pedidoIds) {}
