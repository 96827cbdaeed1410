package dev.pedidos.tools.proof.sample;

import dev.pedidos.shared.message.Death;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The intended trouble of some pedidos of the sample. They have tipo simulado, whose handler causes it. */
public enum SampleTrouble {
    FAILS_ONCE("fail once, then succeed", 0.013, "\"falhas_transitorias\":1", null),
    FAILS_TWICE("fail twice, then succeed", 0.007, "\"falhas_transitorias\":2", null),
    FAILS_ALWAYS("fail at every attempt", 0.001, "\"falhas_transitorias\":99", Death.TENTATIVAS_ESGOTADAS),
    FAILS_FOR_GOOD("fail for good", 0.005, "\"falha_permanente\":true", Death.FALHA_PERMANENTE),
    SLOW("slow", 0.005, "\"demora_ms\":150", null);

    private final String spoken;
    private final double share;
    private final String dados;
    private final @Nullable String motivo;

    SampleTrouble(String spoken, double share, String dados, @Nullable String motivo) {
        this.spoken = spoken;
        this.share = share;
        this.dados = dados;
        this.motivo = motivo;
    }

    /** Null: no trouble. */
    static @Nullable SampleTrouble pick(RandomGenerator random) {
        double lot = random.nextDouble();
        for (SampleTrouble trouble : values()) {
            lot -= trouble.share;
            if (lot < 0) {
                return trouble;
            }
        }
        return null;
    }

    /** In words that follow a number. */
    public String spoken() {
        return spoken;
    }

    /** For the handler, as fields of an object. */
    String dados() {
        return dados;
    }

    /** The expected end, as status and motivo. */
    public String end() {
        return motivo == null ? "COMPLETED" : "DEAD_LETTERED " + motivo;
    }
}
