package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;

/** The cause of a failure in the broker's own words, without a stack trace. */
final class Causes {

    private Causes() {}

    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                return spoken(signal);
            }
        }
        return failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    }

    private static String spoken(ShutdownSignalException signal) {
        return switch (signal.getReason()) {
            case AMQP.Channel.Close close -> close.getReplyCode() + " " + BrokerLimits.explained(close.getReplyText());
            case AMQP.Connection.Close close ->
                close.getReplyCode() + " " + BrokerLimits.explained(close.getReplyText());
            case null, default -> String.valueOf(signal.getMessage());
        };
    }
}
