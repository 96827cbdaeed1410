package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedMapTest {

    @Test
    void theEntryThatWasAddedFirstIsForgotten() {
        assertThat(afterThreeOfTwo(BoundedMap.byInsertion(2))).containsOnlyKeys("b", "c");
    }

    @Test
    void theEntryThatWasNotUsedForTheLongestTimeIsForgotten() {
        assertThat(afterThreeOfTwo(BoundedMap.byUse(2))).containsOnlyKeys("a", "c");
    }

    private static Map<String, Integer> afterThreeOfTwo(Map<String, Integer> map) {
        map.put("a", 1);
        map.put("b", 2);
        map.merge("a", 1, Integer::sum);
        map.put("c", 3);
        return map;
    }
}
