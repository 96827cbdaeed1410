package dev.pedidos.shared.message;

/**
 * How a pedido was given up, as recorded; times in RFC 3339.
 *
 * @param tentativas attempts made in its last ciclo
 */
public record Death(String motivo, String erroClasse, int tentativas, String primeiraFalhaEm, String ultimaFalhaEm) {
    public static final String TENTATIVAS_ESGOTADAS = "TENTATIVAS_ESGOTADAS";
    public static final String FALHA_PERMANENTE = "FALHA_PERMANENTE";
    public static final String TIPO_DESCONHECIDO = "TIPO_DESCONHECIDO";
    public static final String WORKER_DERRUBADO = "WORKER_DERRUBADO";
}
