package dev.pedidos.tools.proof.report;

/** Words of a command line for people to copy. */
public final class Shell {

    private Shell() {}

    /** In quotes where the shell would take it apart otherwise. */
    public static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
