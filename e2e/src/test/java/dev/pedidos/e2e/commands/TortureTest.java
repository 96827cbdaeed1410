package dev.pedidos.e2e.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pedidos.e2e.system.PedidosCommand;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(PedidosCommand.CHECKOUT)
@Order(2)
class TortureTest {
    /** Plans eight faults, none of which leaves the system without its stores: most find it at work. */
    private static final String SEED = "291";

    private static final Pattern HIT = Pattern.compile("(?m)^ +[a-z-]+ +[0-9]+ / +[1-9][0-9]* / ");

    @Test
    void aSystemThatIsKilledCutAndStoppedKeepsEveryLaw() throws Exception {
        var torture = PedidosCommand.run("torture", "--minutes", "0.3", "--rate", "80", "--seed", SEED);

        assumeThat(torture.output()).as("it needs a broker to kill").doesNotContain("There is no RabbitMQ");
        assertThat(torture.exitCode()).as(torture.output()).isZero();
        assertThat(torture.output()).contains("every law was kept");
        assertThat(HIT.matcher(torture.output()).results())
                .as("different faults that hit something:\n" + torture.output())
                .hasSizeGreaterThanOrEqualTo(5);
    }
}
