package dev.pedidos.shared.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The hosts that webhooks may be sent to, as {@code PEDIDOS_CALLBACK_HOSTS} names them.
 *
 * @param named in lower case, as they stand in an address
 * @param anyPublic {@code *}: also every other host, but only at its public addresses
 */
public record CallbackHosts(Set<String> named, boolean anyPublic) {
    public static final CallbackHosts NONE = new CallbackHosts(Set.of(), false);

    /** The message for a valid address whose host is not among them. */
    static final String DEMAND = "names a host that is not in PEDIDOS_CALLBACK_HOSTS";

    private static final String ANY = "*";

    public CallbackHosts {
        named = Set.copyOf(named);
    }

    /** @param text hosts by comma */
    public static CallbackHosts parse(String text) {
        Set<String> hosts = Arrays.stream(text.split(",", -1))
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return new CallbackHosts(
                hosts.stream().filter(Predicate.not(ANY::equals)).collect(Collectors.toSet()), hosts.contains(ANY));
    }

    /** None: nothing is sent anywhere. */
    public boolean isNone() {
        return named.isEmpty() && !anyPublic;
    }

    public boolean allow(CallbackUrl url) {
        return anyPublic || named.contains(url.host());
    }

    boolean allow(String validUrl) {
        return CallbackUrl.parse(validUrl).filter(this::allow).isPresent();
    }
}
