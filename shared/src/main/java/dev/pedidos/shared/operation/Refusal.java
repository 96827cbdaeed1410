package dev.pedidos.shared.operation;

/** Why an event can never be applied; clients read the name as its motivo. */
public enum Refusal {
    /** The operation is COMPLETED or REJECTED. */
    ESTADO_FINAL,
    /** An event of this type was applied before, with another payload. */
    JA_APLICADO,
    /** The amount would fall below zero. */
    VALOR_NEGATIVO,
    /** The amount would not fit into 64 bits. */
    VALOR_EXCESSIVO,
    /** The operation belongs to another recebedor. The API refuses such an event, unless the database was down. */
    RECEBEDOR_DIFERENTE
}
