package dev.pedidos.e2e.bench;

import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.message.Item;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.runtime.MemoryShare;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Accepted pedidos that wait in the shards, as the API leaves them. */
final class Backlog {

    private static final int RECEIVERS = 1_000;
    private static final int SKUS = 2_000;
    private static final String NOTE = """
            insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash)
            values (?, extract(epoch from clock_timestamp()) * 1000000, ?, ?, ?, ?::jsonb, ?)""";
    private static final String STOCK =
            "insert into estoque (sku, disponivel) values (?, 1000000000) on conflict do nothing";

    private Backlog() {}

    static List<Pedido> pedidos(long seed, int count) {
        var random = new Random(seed);
        List<Pedido> pedidos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(SKUS);
            int second = (first + 1 + random.nextInt(SKUS - 1)) % SKUS;
            var itens = IntStream.of(first, second)
                    .mapToObj(sku -> new Item(RootLocale.format("sku-%04d", sku), 1 + random.nextInt(3), 1990L))
                    .toList();
            pedidos.add(new Pedido(
                    RootLocale.format("%d-%032x", seed, random.nextLong() & Long.MAX_VALUE),
                    "pedido",
                    RootLocale.format("rcb-%04d", zipf(random)),
                    "api",
                    itens,
                    null));
        }
        return pedidos;
    }

    /** About the distribution of Zipf with exponent 1: the logarithm of the rank is uniform. */
    private static int zipf(Random random) {
        return (int) Math.exp(random.nextDouble() * Math.log(RECEIVERS));
    }

    static void stock(Database database) {
        database.jdbi().useTransaction(handle -> {
            var stock = handle.prepareBatch(STOCK);
            IntStream.range(0, SKUS).forEach(sku -> stock.add(RootLocale.format("sku-%04d", sku)));
            stock.execute();
        });
    }

    static void note(Database database, List<Pedido> pedidos) {
        database.jdbi().useTransaction(handle -> {
            var notes = handle.prepareBatch(NOTE);
            for (var pedido : pedidos) {
                notes.add(
                        pedido.pedidoId(),
                        pedido.tipo(),
                        pedido.recebedorId(),
                        pedido.origem(),
                        PedidoCodec.writePayload(pedido),
                        PayloadHash.of(pedido));
            }
            notes.execute();
        });
        database.jdbi().useHandle(handle -> handle.execute("vacuum analyze"));
    }

    static void publish(AmqpConnections connections, Topology topology, List<Pedido> pedidos) throws Exception {
        var publisher = new ConfirmedPublisher("backlog", pedidos.size(), new MemoryShare(Long.MAX_VALUE));
        var messages = new Messages(topology);
        try (publisher;
                var link =
                        new BrokerLink("backlog", connections, List.of(new TopologyDeclaration(topology), publisher))) {
            link.start();
            Awaitility.await().until(publisher::isUp);
            CompletableFuture.allOf(pedidos.stream()
                            .map(pedido -> publisher.publish(messages.entry(Messages.Content.ofNew(
                                    pedido.pedidoId(),
                                    pedido.recebedorId(),
                                    pedido.tipo(),
                                    PedidoCodec.writeMessage(pedido)))))
                            .toArray(CompletableFuture[]::new))
                    .get(120, TimeUnit.SECONDS);
        }
    }
}
