package dev.pedidos.shared.config;

/**
 * An address cannot be used. The message gives the reason and repeats nothing of the address, which may contain a
 * password.
 */
public final class InvalidUrl extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidUrl(String why) {
        super(why);
    }
}
