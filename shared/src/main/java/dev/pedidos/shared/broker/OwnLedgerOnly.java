package dev.pedidos.shared.broker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses, unread, what belongs to another ledger: it comes to an API, which sets it aside as it is. */
public record OwnLedgerOnly(OtherLedgers others, DeliveryHandler work) implements DeliveryHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OwnLedgerOnly.class);

    @Override
    public void handle(Delivery delivery) throws Exception {
        if (others.own(delivery.headers())) {
            LOG.debug("a message of ledger {} is not looked at", delivery.headers().text(OutboundMessage.LEDGER));
            delivery.reject();
        } else {
            work.handle(delivery);
        }
    }
}
