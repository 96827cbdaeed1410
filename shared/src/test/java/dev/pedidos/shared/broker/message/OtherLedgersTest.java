package dev.pedidos.shared.broker.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OtherLedgersTest {

    @Test
    void aLedgerIsNamedIfItsNameHasTheFormOfOurs() {
        String ours = UUID.randomUUID().toString();
        assertThat(named(ours)).isEqualTo(ours);
        assertThat(named(ours + "\n")).isEqualTo("?");
        assertThat(named("\u001b[2J")).isEqualTo("?");
        assertThat(named(ours.repeat(3_000))).isEqualTo("?");
        assertThat(OtherLedgers.named(new Headers(Map.of()))).isEqualTo("?");
    }

    private static String named(String ledger) {
        return OtherLedgers.named(new Headers(Map.of(OutboundMessage.LEDGER, ledger)));
    }
}
