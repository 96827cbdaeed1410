package dev.pedidos.shared.topology;

import java.util.List;

/**
 * The broker lacks something that this program needs, or has it with other arguments. Starting would break a promise.
 */
public final class TopologyMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Queues or exchanges with these names exist with other arguments. */
    public TopologyMismatch(List<String> problems) {
        this(problems, "Empty and delete those, or choose another PEDIDOS_PREFIX.");
    }

    private TopologyMismatch(List<String> problems, String advice) {
        this("The broker's topology is not the one this program needs:\n  - " + String.join("\n  - ", problems) + "\n"
                + advice);
    }

    private TopologyMismatch(String text) {
        super(text);
    }

    /** @param queues the number that this fleet needs */
    public static TopologyMismatch tooFewQueues(String answer, int queues) {
        return new TopologyMismatch("The broker's limit of queues is too low: " + answer
                + "\nThis fleet needs " + queues
                + " queues. Set max-queues to at least that many, and as many more as others have"
                + " in the same vhost: rabbitmqctl set_vhost_limits -p VHOST '{\"max-queues\": " + queues + "}'");
    }

    public static TopologyMismatch tooFewChannels(int allowed, int needed) {
        return new TopologyMismatch("The broker's channel_max is too low: it allows " + allowed
                + " channels on a connection\nA worker needs " + needed
                + ", one for each shard that it may have to work on and a few more. Set channel_max in rabbitmq.conf, and in"
                + " AMQP_URI where it stands there, to at least " + needed + ".");
    }

    public static TopologyMismatch ofAnotherLedger(String exchange, String theirs, String ours) {
        return new TopologyMismatch("The vhost of AMQP_URI belongs to another ledger: its mark "
                + exchange + " names ledger " + theirs + ", DATABASE_URL leads to ledger " + ours
                + ".\nGive this fleet a vhost of its own, or another PEDIDOS_PREFIX. If the other ledger is gone for good,"
                + " empty the queues and delete the exchange " + exchange + ".");
    }

    public static TopologyMismatch ofACopy(String exchange, String ledger) {
        return new TopologyMismatch(
                "The vhost of AMQP_URI belongs to the ledger that this one is a copy of, and its workers"
                        + " are at work: DATABASE_URL leads to another database with ledger "
                        + ledger
                        + ".\nGive the copy a vhost of its own, or another PEDIDOS_PREFIX. If it takes the place of the other one (a"
                        + " restore), stop the other one's programs first, or delete the exchange " + exchange + ".");
    }

    /** For a program that does not declare them. */
    public static TopologyMismatch missing(List<String> names) {
        return new TopologyMismatch(
                names.stream().map(name -> name + " is missing").toList(),
                "The user of AMQP_URI may not declare them, or PEDIDOS_DECLARE is off: have the broker import what"
                        + " ./pedidos definitions prints with the settings of this program, or use a user who may.");
    }
}
