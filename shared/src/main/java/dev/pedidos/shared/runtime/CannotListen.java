package dev.pedidos.shared.runtime;

import dev.pedidos.shared.text.RootLocale;

/**
 * A program cannot listen on its configured address: the port is taken, this user may not have it, or the host is not an
 * address of this machine.
 */
public final class CannotListen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param settings the variables that name the address */
    public CannotListen(String settings, String address, Throwable cause) {
        super(
                RootLocale.format("%s: cannot listen on %s (%s), the program ends", settings, address, rootOf(cause)),
                cause);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
