package dev.pedidos.tools.proof.laws;

import java.util.List;

/**
 * The result of checking one law.
 *
 * @param counted what was checked, for example {@code 10000 effects of 10000 pedidos}
 * @param violations their number; 0: the law holds
 * @param examples the first few of them
 * @param ids of what is violated in the examples, without any content: for logs
 */
public record Verdict(String law, String counted, long violations, List<String> examples, List<String> ids) {
    public static final int MOST_EXAMPLES = 5;

    public Verdict(String law, String counted, long violations, List<String> examples) {
        this(law, counted, violations, examples, List.of());
    }

    public boolean holds() {
        return violations == 0;
    }
}
