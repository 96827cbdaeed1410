package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.Channels;
import dev.pedidos.shared.broker.connection.ReopeningChannel;
import dev.pedidos.shared.topology.LedgerId;
import dev.pedidos.shared.topology.QueueSpec;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.shared.topology.TopologyMismatch;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks a vhost as one ledger's, so that two ledgers do not take each other's messages. The mark is an exchange that
 * carries no messages; the first program that declares it owns the vhost. The name of the ledger is in {@code
 * alternate-exchange}, the one argument of an exchange that RabbitMQ compares with later declarations.
 */
final class LedgerMark {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerMark.class);
    private static final String ARGUMENT = "alternate-exchange";
    /** The broker cuts its answer off after 255 bytes. */
    private static final Pattern CURRENT = Pattern.compile("current is (?:the value )?'([^'.]*)");
    /** So many characters of a name tell two ledgers apart. */
    private static final int CERTAIN = 8;

    private static final String NOT_TOLD = "(unknown: the names of vhost and prefix are too long)";

    private final Topology topology;
    private final LedgerId ours;

    LedgerMark(Topology topology, LedgerId ours) {
        this.topology = topology;
        this.ours = ours;
    }

    /**
     * For the start of a program.
     *
     * @throws TopologyMismatch the vhost belongs to another ledger, or to the one that ours is a copy of
     */
    void claim(Connection connection) throws IOException {
        String mark = current(connection);
        refuseAnother(mark);
        if (!mark.equals(ours.mark())) {
            if (anybodyWorks(connection)) {
                throw TopologyMismatch.ofACopy(exchange(), ours.id());
            }
            takeOver(connection);
        }
    }

    /** For a new connection: it may lead to another broker, or to one that was emptied. */
    void renew(Connection connection) throws IOException {
        refuseAnother(current(connection));
    }

    private void refuseAnother(String mark) {
        String theirs = LedgerId.idOf(mark);
        boolean same = theirs.length() >= CERTAIN && ours.id().startsWith(theirs);
        if (!same) {
            throw TopologyMismatch.ofAnotherLedger(exchange(), theirs, ours.id());
        }
    }

    /** The ledger that the mark names now; ours if this user may not declare one. */
    private String current(Connection connection) throws IOException {
        try (var channels = new ReopeningChannel(connection)) {
            channels.run(channel ->
                    channel.exchangeDeclare(exchange(), "fanout", true, false, Map.of(ARGUMENT, ours.mark())));
            return ours.mark();
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close) {
                return refused(close, e);
            }
            throw e;
        }
    }

    private String refused(AMQP.Channel.Close close, IOException e) throws IOException {
        var current = CURRENT.matcher(close.getReplyText());
        if (close.getReplyCode() == AMQP.PRECONDITION_FAILED) {
            return current.find() && !current.group(1).isEmpty() ? current.group(1) : NOT_TOLD;
        }
        if (close.getReplyCode() == AMQP.ACCESS_REFUSED) {
            LOG.info(
                    "this user may not mark the vhost as that of ledger {}: messages of other ledgers are recognised by"
                            + " their header only",
                    ours.id());
            return ours.mark();
        }
        throw e;
    }

    /** For a ledger that was restored into this database: no worker runs, and its programs start again. */
    private void takeOver(Connection connection) throws IOException {
        LOG.warn("ledger {} is in another database than before: this fleet takes its place", ours.id());
        try (var channel = Channels.open(connection)) {
            channel.exchangeDelete(exchange());
        } catch (TimeoutException e) {
            throw new IOException("no answer to the deletion of " + exchange(), e);
        }
        refuseAnother(current(connection));
    }

    private boolean anybodyWorks(Connection connection) throws IOException {
        for (QueueSpec queue : topology.shardQueues()) {
            try (var channel = Channels.open(connection)) {
                if (channel.consumerCount(queue.name()) > 0) {
                    return true;
                }
            } catch (TimeoutException e) {
                throw new IOException("no answer to a look at " + queue.name(), e);
            } catch (IOException e) {
                if (!BrokerFault.isMissing(e)) {
                    throw e;
                }
            }
        }
        return false;
    }

    private String exchange() {
        return topology.ledgerExchange();
    }
}
