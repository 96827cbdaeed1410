package dev.pedidos.api.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Checks every request before its body is read. It also hides headers that libraries would obey: one that turns a GET
 * into a POST, or a charset that does not exist.
 */
final class RequestFilter extends Handler.Wrapper {
    /** Request attribute with the content types of the body, as a list of {@code String}. */
    static final String CONTENT_TYPES = "pedidos.content-types";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    /** Asked under addresses that no client uses. Their answers tell nothing about pedidos. */
    private static final Set<String> PROBES = Set.of("/healthz", "/readyz");

    private static final String METRICS = "/metrics";

    private static final Set<String> HIDDEN =
            Set.of("content-type", "x-http-method-override", "x-http-method", "x-method-override");

    private final HostNames names;

    RequestFilter(HostNames names, Handler behind) {
        super(behind);
        this.names = names;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<Problem> fault = fault(request);
        if (fault.isPresent()) {
            ProblemErrors.write(fault.get(), response, callback);
            return true;
        }
        request.setAttribute(CONTENT_TYPES, request.getHeaders().getValuesList(HttpHeader.CONTENT_TYPE));
        return super.handle(withoutHidden(request), response, callback);
    }

    private Optional<Problem> fault(Request request) {
        HttpFields headers = request.getHeaders();
        @Nullable String host = headers.get(HttpHeader.HOST);
        List<String> codings = headers.getValuesList(HttpHeader.TRANSFER_ENCODING);
        if (!names.allow(host) && !isOfAMonitor(request, host)) {
            return Optional.of(Problem.forbidden("Nothing was done: Host is none of PEDIDOS_ALLOWED_HOSTS."));
        }
        if (!READING.contains(request.getMethod())
                && CrossOriginCheck.isForeign(
                        headers.getValuesList(HttpHeader.ORIGIN), headers.getValuesList("Sec-Fetch-Site"), host)) {
            return Optional.of(Problem.forbidden("Nothing was done: the request comes from a page of another origin."));
        }
        if (codings.size() > 1 || !codings.stream().allMatch("chunked"::equalsIgnoreCase)) {
            return Optional.of(Problem.badRequest("Nothing was accepted; the only Transfer-Encoding is chunked."));
        }
        return RequestPath.isPlain(request)
                ? Optional.empty()
                : Optional.of(
                        Problem.invalidField("path", "must be UTF-8, percent-encoded, and no part of it . or .."));
    }

    private static boolean isOfAMonitor(Request request, @Nullable String host) {
        String path = request.getHttpURI().getPath();
        return PROBES.contains(path)
                || (METRICS.equals(path)
                        && request.getConnectionMetaData().getLocalSocketAddress() instanceof InetSocketAddress local
                        && HostNames.isAddress(host, local.getAddress()));
    }

    private static Request withoutHidden(Request request) {
        HttpFields.Mutable seen = HttpFields.build(request.getHeaders());
        HIDDEN.forEach(seen::remove);
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return seen;
            }
        };
    }
}
