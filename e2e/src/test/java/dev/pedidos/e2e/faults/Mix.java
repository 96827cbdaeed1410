package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.shared.text.RootLocale;
import java.util.ArrayList;
import java.util.List;

/** Pedidos of every kind, and the stock for them. */
final class Mix {

    private Mix() {}

    static void stock(TestProgram api) throws Exception {
        var client = new Client(api);
        client.stock("plenty", 100_000);
        client.stock("scarce", 7);
    }

    /**
     * Receivers in turn, so that those of one are sent one after the other; some fail at first, some want scarce
     * stock.
     */
    static List<String> of(int receivers, int each) {
        List<String> bodies = new ArrayList<>();
        for (int number = 0; number < each; number++) {
            for (int receiver = 0; receiver < receivers; receiver++) {
                String id = RootLocale.format("p-%02d-%02d", receiver, number);
                String recebedor = "rcb-" + receiver;
                bodies.add(
                        switch ((receiver + number) % 4) {
                            case 0 ->
                                Client.simulado(
                                        id, recebedor, RootLocale.format("{\"falhas_transitorias\":%d}", number % 3));
                            case 1 -> Client.pedido(id, recebedor, "scarce:1", "plenty:2");
                            default -> Client.pedido(id, recebedor, "plenty:1");
                        });
            }
        }
        assertThat(bodies).hasSize(receivers * each);
        return bodies;
    }
}
