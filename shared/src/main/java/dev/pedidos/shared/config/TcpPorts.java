package dev.pedidos.shared.config;

/** The numbers of TCP ports. */
public final class TcpPorts {

    public static final int HIGHEST = 65_535;

    /** The message for a number that is no port. */
    static final String DEMAND = "a port is a number from 1 to " + HIGHEST;

    private TcpPorts() {}
}
