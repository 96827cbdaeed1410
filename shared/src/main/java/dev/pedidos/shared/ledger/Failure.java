package dev.pedidos.shared.ledger;

/** What went wrong in an attempt, as it goes on the record: neither payload nor stack. */
public record Failure(String erroClasse, String erroMensagem) {}
