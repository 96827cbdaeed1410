package dev.pedidos.tools.proof.report;

/** Writes words of a command line for people to copy. */
public final class Shell {

    private Shell() {}

    /** With quotes if the shell needs them. */
    public static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
