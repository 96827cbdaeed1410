package dev.pedidos.tools.proof.laws;

/** What a law has to read to be judged. */
public enum Needs {
    /** All rows of the pedidos that it judges, whichever they are. */
    ITS_PEDIDOS,
    /** What is unfinished or newest now: little, however large the ledger is. */
    THE_PRESENT,
    /** Every row of the ledger. */
    THE_WHOLE_LEDGER
}
