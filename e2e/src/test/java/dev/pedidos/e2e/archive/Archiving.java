package dev.pedidos.e2e.archive;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.protocol.Decision;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A system that archives pedidos a second after their end. */
final class Archiving {
    private Archiving() {}

    static TestSystem system(String name) throws IOException, InterruptedException {
        return TestSystem.start(name, Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_ARQUIVAR_APOS", "1s"));
    }

    static void await(TestSystem system, String id) {
        system.awaitCount(RootLocale.format("select count(*) from pedidos_arquivados where pedido_id = '%s'", id), 1);
    }

    /** What a worker decides on a copy of this pedido. */
    static Decision decision(TestSystem system, String id, String recebedor, String dados) throws Exception {
        byte[] body = Client.simulado(id, recebedor, dados).getBytes(StandardCharsets.UTF_8);
        var candidate = Candidate.ofMessage(body, new Headers(Map.of()), true);
        try (var turn = new SqlTurns(system.ledger(), Duration.ofMinutes(1)).open()) {
            return Decision.on(candidate, turn.enter(recebedor, id).orElseThrow());
        }
    }
}
