package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.sample.SampleOperations;
import dev.pedidos.tools.proof.sample.Zipf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The pedidos of one client, the same for the same seed. Every third one wants the hot sku; some want two skus in one
 * order and some in the other; some want a scarce sku; one in eight has tipo simulado, and fails or is slow. Every eighth
 * receiver has pedidos of tipo simulado-lote, which are handed to their handler together; some of them fail. One in ten is an
 * event of an operation. Some are cancelled: when they are sent, later, or before. One in eight calls back.
 */
final class ClientMix {
    private static final int HOT_CLIENTS = 5;
    private static final double TO_THE_HOT_ONE = 0.4;
    private static final double EVENTS = 0.1;
    private static final double CANCELS = 0.02;
    private static final double CALLBACKS = 0.125;
    private static final String[] ORIGENS = {"web", "mobile", "api"};

    private final String prefix;
    private final int client;
    private final int clients;
    private final List<String> callbacks;
    private final Zipf recebedor;
    private final RandomGenerator random;
    private final SampleOperations operations;
    private final Deque<byte[]> events = new ArrayDeque<>();
    private int made;

    /** @param callbacks the addresses of endpoints */
    ClientMix(long seed, int client, int clients, int recebedores, List<String> callbacks) {
        this.prefix = "t" + seed + "-" + client + "-";
        this.client = client;
        this.clients = clients;
        this.callbacks = List.copyOf(callbacks);
        this.recebedor = new Zipf(recebedores / clients, 1);
        this.random = new SplittableRandom(seed * 1_000 + client);
        this.operations = new SampleOperations(prefix + "op-", this::recebedorId, random);
    }

    ClientTask next() {
        if (random.nextDouble() < EVENTS) {
            return event();
        }
        if (random.nextDouble() < CANCELS) {
            return new ClientTask.Cancel(prefix + (1 + random.nextInt(made + 2)));
        }
        made++;
        String id = prefix + made;
        String recebedorId = recebedorId();
        double lot = random.nextDouble();
        if (lot < 0.01) {
            return new ClientTask.Faulty(id, recebedorId, faulty(id, recebedorId));
        }
        PreparedPedido pedido = pedido(id, recebedorId);
        if (lot < 0.025) {
            return new ClientTask.Cancelled(pedido);
        }
        if (lot < 0.04) {
            return new ClientTask.Again(pedido);
        }
        if (lot < 0.06) {
            return new ClientTask.Race(pedido, pedido);
        }
        return lot < 0.09 ? new ClientTask.Race(pedido, pedido(id, recebedorId)) : new ClientTask.Once(pedido);
    }

    /** The doubles come at another time, or at the same moment through two APIs. */
    private ClientTask event() {
        if (events.isEmpty()) {
            events.addAll(operations.next());
        }
        PreparedPedido event = PreparedPedido.ofEvent(events.removeFirst());
        return random.nextDouble() < 0.05 ? new ClientTask.Race(event, event) : new ClientTask.Once(event);
    }

    /** Several clients send to the hot receiver at once; every other receiver has one client. */
    private String recebedorId() {
        if (client < HOT_CLIENTS && random.nextDouble() < TO_THE_HOT_ONE) {
            return "recebedor-quente";
        }
        return RootLocale.format("recebedor-%03d", recebedor.pick(random) * clients + client);
    }

    private PreparedPedido pedido(String id, String recebedorId) {
        String rest = isTogether(recebedorId) ? together() : random.nextDouble() < 0.125 ? simulado() : itens();
        String body = RootLocale.format(
                "{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"origem\":\"%s\",%s%s}",
                id, recebedorId, ORIGENS[random.nextInt(ORIGENS.length)], rest, callback());
        return PreparedPedido.of(id, recebedorId, body);
    }

    private String callback() {
        return random.nextDouble() < CALLBACKS
                ? RootLocale.format(",\"callback_url\":\"%s\"", callbacks.get(random.nextInt(callbacks.size())))
                : "";
    }

    private static boolean isTogether(String recebedorId) {
        return recebedorId.hashCode() % 8 == 0;
    }

    private String together() {
        String dados = switch (random.nextInt(50)) {
            case 0 -> "\"falhas_transitorias\":1";
            case 1 -> "\"falha_permanente\":true";
            default -> "";
        };
        return RootLocale.format("\"tipo\":\"simulado-lote\",\"dados\":{%s}", dados);
    }

    private String simulado() {
        String dados = switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> "\"falhas_transitorias\":" + (1 + random.nextInt(3));
            case 4 -> "\"falhas_transitorias\":50";
            case 5, 6 -> "\"falha_permanente\":true";
            case 7 -> "\"chama\":\"treino\",\"demora_ms\":5";
            default -> "\"demora_ms\":" + (5 + random.nextInt(60));
        };
        return RootLocale.format("\"tipo\":\"simulado\",\"dados\":{%s}", dados);
    }

    private String itens() {
        String dados = random.nextInt(10) == 0 ? ",\"dados\":{" + SecretValues.IN_DADOS + "}" : "";
        return "\"itens\":[" + items() + "]" + dados;
    }

    private String items() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> item(Stock.HOT);
            case 4 -> item(Stock.pair(0)) + "," + item(Stock.pair(1));
            case 5 -> item(Stock.pair(1)) + "," + item(Stock.pair(0));
            case 6 -> item(Stock.HOT) + "," + item(Stock.scarce(random.nextInt(Stock.SCARCE)));
            case 7 -> item(Stock.scarce(random.nextInt(Stock.SCARCE)));
            default -> item(Stock.plenty(random.nextInt(Stock.PLENTY)));
        };
    }

    private String item(String sku) {
        return RootLocale.format(
                "{\"sku\":\"%s\",\"quantidade\":%d,\"preco_centavos\":%d}",
                sku, 1 + random.nextInt(3), 100 + random.nextInt(9_000));
    }

    private byte[] faulty(String id, String recebedorId) {
        String text = switch (random.nextInt(4)) {
            case 0 ->
                "{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"origem\":\"fax\",\"itens\":[{\"sku\":\"x\",\"quantidade\":1}]}";
            case 1 -> "{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"origem\":\"web\",\"itens\":[]}";
            case 2 -> "{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"origem\":\"web\",\"desconhecido\":1}";
            default -> "{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"origem\":\"web\"";
        };
        return RootLocale.format(text, id, recebedorId).getBytes(StandardCharsets.UTF_8);
    }
}
