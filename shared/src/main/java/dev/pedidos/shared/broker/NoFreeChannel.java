package dev.pedidos.shared.broker;

import java.io.IOException;

/** A connection has as many channels as the broker allows. */
final class NoFreeChannel extends IOException {

    private static final long serialVersionUID = 1L;

    NoFreeChannel(int most) {
        super("all " + most
                + " channels that the broker allows on a connection are in use: raise channel_max in rabbitmq.conf");
    }
}
