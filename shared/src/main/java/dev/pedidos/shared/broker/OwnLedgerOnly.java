package dev.pedidos.shared.broker;

import dev.pedidos.shared.broker.message.OtherLedgers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rejects messages of other ledgers without reading them. They reach an API, which puts them aside unchanged. */
public record OwnLedgerOnly(OtherLedgers others, DeliveryHandler work) implements DeliveryHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OwnLedgerOnly.class);

    @Override
    public void handle(List<Delivery> deliveries) throws Exception {
        List<Delivery> own = new ArrayList<>();
        for (var delivery : deliveries) {
            if (others.isForeign(delivery.headers())) {
                LOG.debug("a message of ledger {} is rejected unread", OtherLedgers.named(delivery.headers()));
                delivery.reject();
            } else {
                own.add(delivery);
            }
        }
        if (!own.isEmpty()) {
            work.handle(own);
        }
    }

    @Override
    public Collection<Delivery> beginNoMore() {
        return work.beginNoMore();
    }

    @Override
    public void finish() throws InterruptedException {
        work.finish();
    }
}
