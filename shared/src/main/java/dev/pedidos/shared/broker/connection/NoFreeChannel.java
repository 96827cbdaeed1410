package dev.pedidos.shared.broker.connection;

/** A connection has as many channels as the broker allows. */
public final class NoFreeChannel extends SameAtEveryNode {

    private static final long serialVersionUID = 1L;

    NoFreeChannel(int most) {
        super("all " + most
                + " channels that the broker allows on a connection are in use: raise channel_max in rabbitmq.conf");
    }
}
