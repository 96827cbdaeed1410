package dev.pedidos.tools.proof.watch;

import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The violations of each law, as far as they are known. One that was seen once stays until the law is judged in full: the
 * pedido does not change any more, so later looks at changes would not see it.
 */
final class KnownViolations {
    /** Of each law. With more, those that come first are told again. */
    private static final int MOST_IDS = 1_000;

    private final Map<String, Long> byLaw = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> ids = new HashMap<>();

    /**
     * Returns the verdicts that say something new: more violations than were known, one of an id that was not known, or
     * the result of a full look.
     */
    List<Verdict> learn(Judgement judgement) {
        List<Verdict> news = new ArrayList<>();
        for (Verdict verdict : judgement.inFull()) {
            Long known = byLaw.put(verdict.law(), verdict.violations());
            if (verdict.holds()) {
                ids.remove(verdict.law());
            } else {
                learnIds(verdict);
            }
            if (!verdict.holds() || known != null && known > 0) {
                news.add(verdict);
            }
        }
        for (Verdict verdict : judgement.forChanges()) {
            long known = byLaw.getOrDefault(verdict.law(), 0L);
            byLaw.put(verdict.law(), Math.max(known, verdict.violations()));
            if (learnIds(verdict) || verdict.violations() > known) {
                news.add(verdict);
            }
        }
        return news;
    }

    /** True if one of them was not known. */
    private boolean learnIds(Verdict verdict) {
        Set<String> known = ids.computeIfAbsent(verdict.law(), law -> new HashSet<>());
        if (known.size() + verdict.ids().size() > MOST_IDS) {
            known.clear();
        }
        return known.addAll(verdict.ids());
    }

    /** 0: none is known. */
    long of(String law) {
        return byLaw.getOrDefault(law, 0L);
    }
}
