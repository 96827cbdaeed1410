package dev.pedidos.tools.proof.laws;

import java.util.List;

/**
 * The result of checking one law.
 *
 * @param counted what was checked, for example {@code 10000 effects of 10000 pedidos}
 * @param violations their number; 0: the law holds
 * @param examples the first few of them
 */
public record Verdict(String law, String counted, long violations, List<String> examples) {
    public static final int MOST_EXAMPLES = 5;

    public boolean holds() {
        return violations == 0;
    }
}
