package dev.pedidos.shared.message;

/**
 * Identifies one try of a pedido. A decision for one version never changes another.
 *
 * @param ciclo raised by each redrive
 * @param agendamento schedulings before, in this ciclo: each retry or postponement is one
 * @param tentativas attempts made before, in this ciclo
 */
public record Version(String pedidoId, int ciclo, int agendamento, int tentativas) {

    /** Of a pedido that was just accepted. */
    public static Version first(String pedidoId) {
        return new Version(pedidoId, 0, 0, 0);
    }

    /** This version with another count of attempts. */
    public Version counted(int attempts) {
        return new Version(pedidoId, ciclo, agendamento, attempts);
    }
}
