package dev.pedidos.shared.broker.connection;

import dev.pedidos.shared.message.Limits;
import java.util.List;
import java.util.regex.Pattern;

/** Explains the broker's answer if a limit of the broker was reached: which setting it is, and which value it needs. */
public final class BrokerLimits {

    private record Limit(Pattern answer, String advice) {}

    private static final Pattern QUEUES = Pattern.compile("queue limit in (?:vhost|cluster)");

    private static final List<Limit> LIMITS = List.of(
            new Limit(
                    QUEUES,
                    "raise max-queues (rabbitmqctl set_vhost_limits): ./pedidos definitions lists the queues that one fleet needs"),
            new Limit(
                    Pattern.compile("connection limit|connections? .*maximum"),
                    "raise max-connections (rabbitmqctl set_vhost_limits, set_user_limits) or connection_max: an API needs 6"
                            + " connections, a worker 3"),
            new Limit(
                    Pattern.compile("number of channels|channel limit|channel_max"),
                    "raise max-channels (rabbitmqctl set_user_limits) or channel_max: a worker needs one channel for each shard"
                            + " and " + AmqpConnections.OTHER_CHANNELS + " more, an API 8"),
            new Limit(
                    Pattern.compile("larger than (?:configured )?max"),
                    "raise max_message_size in rabbitmq.conf to " + Limits.LARGEST_MESSAGE_BYTES + " or more, "
                            + Limits.BROKER_MESSAGE_BYTES + " at best"));

    private BrokerLimits() {}

    public static boolean isOfQueues(String answer) {
        return QUEUES.matcher(answer).find();
    }

    /** The broker's answer; if it is about a limit, with the value that is needed. */
    static String explained(String answer) {
        return LIMITS.stream()
                .filter(limit -> limit.answer().matcher(answer).find())
                .findFirst()
                .map(limit -> answer + "; " + limit.advice())
                .orElse(answer);
    }
}
