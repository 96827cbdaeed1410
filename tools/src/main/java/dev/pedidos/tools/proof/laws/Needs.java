package dev.pedidos.tools.proof.laws;

/** The rows that a law has to read to be judged. */
public enum Needs {
    /** All rows of the pedidos that it judges, whichever they are. */
    ITS_PEDIDOS,
    /** The unfinished and newest rows: few, however large the ledger is. */
    THE_PRESENT,
    /** Every row of the ledger. */
    THE_WHOLE_LEDGER
}
