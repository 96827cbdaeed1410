package dev.pedidos.shared.message;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of fields that messages of ours have. A sender can write anything where a name belongs. */
final class OwnNames {
    private static final Set<String> NAMES = Stream.of(
                    PedidoReader.FIELDS,
                    PedidoReader.ITEM_FIELDS,
                    Despesa.FIELDS,
                    Cancelamento.FIELDS,
                    OperationReader.DADOS_FIELDS,
                    OperationReader.PAYLOAD_FIELDS,
                    Set.of("$"))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());
    /** The number of an item has so many digits. */
    private static final Pattern INDEX = Pattern.compile("\\[[0-9]{1,5}]$");

    private OwnNames() {}

    /** The path with a question mark for each other name. */
    static String only(String path) {
        return Arrays.stream(path.split("\\.", -1))
                .map(part -> NAMES.contains(INDEX.matcher(part).replaceFirst("")) ? part : "?")
                .collect(Collectors.joining("."));
    }
}
