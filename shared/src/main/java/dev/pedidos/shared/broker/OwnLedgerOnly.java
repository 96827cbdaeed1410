package dev.pedidos.shared.broker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rejects messages of other ledgers without reading them. They reach an API, which puts them aside unchanged. */
public record OwnLedgerOnly(OtherLedgers others, DeliveryHandler work) implements DeliveryHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OwnLedgerOnly.class);

    @Override
    public void handle(Delivery delivery) throws Exception {
        if (others.own(delivery.headers())) {
            LOG.debug(
                    "a message of ledger {} is rejected unread",
                    delivery.headers().text(OutboundMessage.LEDGER));
            delivery.reject();
        } else {
            work.handle(delivery);
        }
    }
}
