package dev.pedidos.shared.runtime;

/** An address that cannot be used. The message says why and repeats nothing of it: there may be a password in it. */
public final class InvalidUrl extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidUrl(String why) {
        super(why);
    }
}
