package dev.pedidos.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.api.http.StreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FanOutTest {
    private static final OptionalLong NOTHING = OptionalLong.empty();

    private final MemoryLedger ledger = new MemoryLedger();
    private final FanOut fanOut = new FanOut(ledger, count -> {});
    private final StreamAdmission admission = new StreamAdmission(ledger);

    @Test
    void aFrameIsOneEventWithOneLineOfData() {
        ledger.add("p", "r", "ACCEPTED");
        var event = ledger.between(0, 1, List.of("p"), List.of()).events().getFirst();
        assertThat(new String(Frames.of(event), StandardCharsets.UTF_8))
                .isEqualTo("id: 1\nevent: ACCEPTED\ndata: {\"pedido_id\":\"p\"}\n\n");
    }

    @Test
    void theStreamOfAPedidoEndsAfterItsFinalEventAndNotAfterARefusalOrADeadLetter() {
        ledger.add("p", "r", "ACCEPTED");
        ledger.add("p", "r", "DEAD_LETTERED");
        ledger.add("p", "r", "CONFLICT");
        var client = new StreamReader(1_000_000);
        assertThat(join(new Wanted.OfPedido("p"), NOTHING, client)).isEqualTo(new Joined.Listening(0));
        giveAll();
        client.read();
        assertThat(client.ids()).containsExactly(1L, 2L, 3L);
        assertThat(client.hasEnded()).isFalse();
        ledger.add("p", "r", "COMPLETED");
        ledger.add("p", "r", "CONFLICT");
        giveAll();
        client.read();
        assertThat(client.ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(client.hasEnded()).isTrue();
        assertThat(fanOut.isEmpty()).isTrue();
    }

    @Test
    void whoComesBackGetsTheRestOrNothing() {
        for (String type : List.of("ACCEPTED", "COMPLETED", "CONFLICT", "CANCELLED")) {
            ledger.add("p", "r", type);
        }
        var client = new StreamReader(1_000_000);
        join(new Wanted.OfPedido("p"), OptionalLong.of(2), client);
        giveAll();
        client.read();
        assertThat(client.ids()).containsExactly(3L, 4L);
        assertThat(client.hasEnded()).isTrue();
        assertThat(join(new Wanted.OfPedido("p"), OptionalLong.of(4), client)).isEqualTo(new Joined.NothingLeft());
        assertThat(join(new Wanted.OfPedido("p"), OptionalLong.of(5), client)).isEqualTo(new Joined.Ahead());
        assertThat(join(new Wanted.OfPedido("q"), NOTHING, client)).isEqualTo(new Joined.Unknown());
    }

    @Test
    void oneThatDoesNotReadHoldsUpNobodyAndTakesBoundedMemory() {
        var deaf = new StreamReader(2_000);
        var reads = new StreamReader(2_000);
        join(new Wanted.OfRecebedor("r"), NOTHING, deaf);
        join(new Wanted.OfRecebedor("r"), NOTHING, reads);
        for (int i = 0; i < 5_000; i++) {
            ledger.add("p" + i, "r", "ACCEPTED");
            if (i % 10 == 0) {
                fanOut.give(ledger.size());
                reads.read();
            }
        }
        giveAll();
        reads.read();
        assertThat(reads.ids()).isEqualTo(ledger.idsOf("r", 0));
        assertThat(deaf.stream().hasRoomFor(0)).isFalse();
        for (int i = 0; i < 1_000; i++) {
            deaf.read();
            fanOut.give(ledger.size());
        }
        assertThat(deaf.ids()).as("it reads at last").isEqualTo(ledger.idsOf("r", 0));
    }

    @Test
    void oneThatWasAwayForLongIsBroughtUpInBoundedWindowsWhileOthersGoOn() {
        for (int i = 0; i < 20 * FanOut.WINDOW; i++) {
            ledger.add("p" + i, "r" + i % 100, "ACCEPTED");
        }
        fanOut.beginAt(ledger.size());
        var away = new StreamReader(1_000_000);
        var live = new StreamReader(1_000_000);
        join(new Wanted.OfRecebedor("r7"), OptionalLong.of(3), away);
        join(new Wanted.OfRecebedor("r8"), NOTHING, live);
        ledger.add("new", "r8", "ACCEPTED");
        assertThat(fanOut.give(ledger.size())).isTrue();
        live.read();
        assertThat(live.ids()).containsExactly(ledger.size());
        giveAll();
        away.read();
        assertThat(away.ids()).isEqualTo(ledger.idsOf("r7", 3));
        assertThat(ledger.widest()).isLessThanOrEqualTo(FanOut.WINDOW);
    }

    /** Clients come, read, stop reading, leave, and come back with the last id that they read. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nobodyMissesOrRepeatsAnEvent(long seed) {
        var random = new Random(seed);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(new Client("r" + i % 7, ledger.size()));
        }
        for (int step = 0; step < 5_000; step++) {
            ledger.add("p" + step, "r" + random.nextInt(7), "ACCEPTED");
            Client client = clients.get(random.nextInt(clients.size()));
            switch (random.nextInt(10)) {
                case 0 -> client.comeBack();
                case 1, 2, 3, 4 -> client.reader.read();
                default -> fanOut.give(ledger.size() - random.nextInt(3));
            }
            fanOut.forgetWhoLeft();
        }
        for (int i = 0; i < 2_000; i++) {
            fanOut.give(ledger.size());
            clients.forEach(client -> client.reader.read());
        }
        assertThat(clients).allSatisfy(client -> {
            client.collect();
            assertThat(client.ids).isEqualTo(ledger.idsOf(client.recebedor, 0));
        });
    }

    private final class Client {
        private final String recebedor;
        private final List<Long> ids = new ArrayList<>();
        private StreamReader reader = new StreamReader(600);

        Client(String recebedor, long after) {
            this.recebedor = recebedor;
            join(new Wanted.OfRecebedor(recebedor), OptionalLong.of(after), reader);
        }

        void comeBack() {
            collect();
            reader.leave();
            reader = new StreamReader(600);
            join(new Wanted.OfRecebedor(recebedor), OptionalLong.of(ids.isEmpty() ? 0 : ids.getLast()), reader);
        }

        void collect() {
            ids.addAll(reader.ids());
        }
    }

    private void giveAll() {
        while (fanOut.give(ledger.size())) {
            assertThat(fanOut.position()).isLessThanOrEqualTo(ledger.size());
        }
    }

    private Joined join(Wanted wanted, OptionalLong after, StreamReader client) {
        var result = new CompletableFuture<Joined>();
        admission
                .admit(List.of(new Join(wanted, after, client.stream(), result)), ledger.size(), fanOut.position())
                .forEach(fanOut::add);
        return result.join();
    }
}
