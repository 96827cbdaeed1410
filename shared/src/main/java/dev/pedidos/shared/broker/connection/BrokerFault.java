package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** The meaning of a failure at the broker. */
public final class BrokerFault {

    private BrokerFault() {}

    /** The cause in the broker's own words, without a stack trace. */
    public static String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                return spoken(signal);
            }
        }
        return failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    }

    /** Whether the broker says that a queue or an exchange does not exist. */
    public static boolean isMissing(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal && isMissing(signal);
    }

    /** As {@link #isMissing(IOException)}. */
    public static boolean isMissing(ShutdownSignalException signal) {
        return hasCode(signal, AMQP.NOT_FOUND);
    }

    /** Whether the broker says that this user lacks a right. */
    public static boolean isForbidden(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal && hasCode(signal, AMQP.ACCESS_REFUSED);
    }

    /** Whether the broker says that a queue does not allow this kind of access. */
    public static boolean isLocked(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal && hasCode(signal, AMQP.RESOURCE_LOCKED);
    }

    /** Whether the broker has refused one request, or not answered it, perhaps because of the queue that it names. */
    public static boolean mayBeOfTheQueue(IOException failure) {
        return failure instanceof ChannelContinuationTimeoutException
                || failure.getCause() instanceof ShutdownSignalException signal
                        && (signal.getReason() instanceof AMQP.Channel.Close || isInternalError(signal));
    }

    /** How RabbitMQ says, among others, that a quorum queue has no leader. */
    private static boolean isInternalError(ShutdownSignalException signal) {
        return !signal.isInitiatedByApplication()
                && signal.getReason() instanceof AMQP.Connection.Close close
                && close.getReplyCode() == AMQP.INTERNAL_ERROR;
    }

    private static boolean hasCode(ShutdownSignalException signal, int code) {
        return signal.getReason() instanceof AMQP.Channel.Close close && close.getReplyCode() == code;
    }

    /**
     * Whether another node of the broker may do better. False if the broker has answered about a queue, an exchange or a right, and if
     * the fault is this program's.
     */
    public static boolean isOfTheNode(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                var reason = signal.getReason();
                return !(reason instanceof AMQP.Channel.Close)
                        && !(reason instanceof AMQP.Connection.Close close
                                && close.getReplyCode() == AMQP.REPLY_SUCCESS);
            }
        }
        return failure instanceof TimeoutException
                || failure instanceof IOException && !(failure instanceof SameAtEveryNode);
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
