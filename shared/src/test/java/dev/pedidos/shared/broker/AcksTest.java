package dev.pedidos.shared.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Acknowledgements to the broker when deliveries end in any order. */
class AcksTest {

    private final List<String> told = new ArrayList<>();
    private final Acks acks = new Acks(channel(), 4);

    @Test
    void deliveriesThatEndInOrderShareOneAcknowledgement() {
        acks.add(1);
        acks.add(2);
        acks.add(3);
        assertThat(told).isEmpty();
        acks.flush();
        acks.flush();
        assertThat(told).containsExactly("ack up to 3");
    }

    @Test
    void aDeliveryThatEndsBeforeAnEarlierOneIsAcknowledgedAlone() {
        acks.add(1);
        acks.add(3);
        acks.add(4);
        acks.flush();
        assertThat(told).containsExactly("ack up to 1", "ack 3", "ack 4");
        told.clear();
        acks.add(2);
        acks.add(5);
        acks.flush();
        assertThat(told)
                .as("2 is not covered by 1, and 3 and 4 are told already")
                .containsExactly("ack up to 5");
    }

    @Test
    void theLastOfASharedAcknowledgementIsOneThatTheBrokerStillHas() {
        acks.add(2);
        acks.flush();
        acks.add(1);
        acks.flush();
        assertThat(told).containsExactly("ack 2", "ack up to 1");
    }

    @Test
    void aRejectedDeliveryIsNoGapForThoseAfterIt() {
        acks.add(1);
        acks.reject(2);
        acks.add(3);
        acks.flush();
        assertThat(told).containsExactly("reject 2", "ack up to 3");
    }

    @Test
    void whatIsNeitherFinishedNorBegunGoesBackInTheOrderOfTheQueue() {
        acks.add(1);
        acks.add(4);
        acks.flush();
        told.clear();
        acks.giveBack(7, Set.of(2L, 6L));
        assertThat(told).containsExactly("give back 3", "give back 5", "give back 7");
        told.clear();
        acks.add(2);
        acks.add(6);
        acks.flush();
        assertThat(told).as("not those that went back").containsExactly("ack up to 2", "ack 6");
    }

    @Test
    void noMoreThanTheBoundWait() {
        for (long tag = 1; tag <= 5; tag++) {
            acks.add(tag);
        }
        assertThat(told).containsExactly("ack up to 4");
    }

    private Channel channel() {
        return (Channel) Proxy.newProxyInstance(
                Channel.class.getClassLoader(), new Class<?>[] {Channel.class}, (proxy, method, arguments) -> {
                    told.add(
                            switch (method.getName()) {
                                case "basicAck" ->
                                    (boolean) arguments[1] ? "ack up to " + arguments[0] : "ack " + arguments[0];
                                case "basicNack" -> "give back " + arguments[0];
                                case "basicReject" -> "reject " + arguments[0];
                                default -> method.getName();
                            });
                    return null;
                });
    }
}
