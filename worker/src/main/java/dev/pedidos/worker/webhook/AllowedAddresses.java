package dev.pedidos.worker.webhook;

import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.CallbackUrl;
import dev.pedidos.worker.http.Resolver;
import dev.pedidos.worker.http.Tls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The addresses of a host that webhooks may go to. They are looked up once, and the connection is made to one of these: a name
 * that leads elsewhere a moment later changes nothing.
 */
final class AllowedAddresses {
    /** An IP address in its usual form. Any other form of a number goes through name resolution and may give any address. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[.*]");

    private final CallbackHosts hosts;
    private final Resolver resolver;

    AllowedAddresses(CallbackHosts hosts, Resolver resolver) {
        this.hosts = hosts;
        this.resolver = resolver;
    }

    /** @throws CallFailed the name is unknown, or there is no address that is allowed */
    List<InetAddress> of(CallbackUrl url) throws CallFailed {
        if (!hosts.allow(url)) {
            throw new CallFailed(CallFault.ENDERECO_NAO_PERMITIDO);
        }
        List<InetAddress> allowed = Arrays.stream(resolve(Tls.withoutBrackets(url.host())))
                .filter(address -> isAllowed(url, address))
                .toList();
        if (allowed.isEmpty()) {
            throw new CallFailed(CallFault.ENDERECO_NAO_PERMITIDO);
        }
        return allowed;
    }

    private InetAddress[] resolve(String host) throws CallFailed {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new CallFailed(CallFault.NOME_DESCONHECIDO, e);
        }
    }

    private boolean isAllowed(CallbackUrl url, InetAddress address) {
        boolean named = hosts.named().contains(url.host());
        return switch (AddressKind.of(address)) {
            case PUBLIC -> true;
            case PRIVATE -> named;
            case SPECIAL -> named && LITERAL.matcher(url.host()).matches();
        };
    }
}
