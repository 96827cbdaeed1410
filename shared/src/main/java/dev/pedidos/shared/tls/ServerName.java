package dev.pedidos.shared.tls;

import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * Binds a TLS connection to the name of its server: the certificate must be that of the name. The JDK judges names and addresses. It
 * refuses every certificate for a name with an underscore, which a host of a private network may have; this class judges those.
 */
public final class ServerName {

    /** The type of a name of DNS among the names of a certificate: RFC 5280, 4.2.1.6. */
    private static final Integer DNS_NAME = 2;

    private final String host;

    /** @param host as in the address, without the brackets of an IPv6 address */
    public ServerName(String host) {
        this.host = host;
    }

    /** Call it before the handshake. */
    public void demandOf(SSLSocket socket) {
        if (!isLeftToUs()) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
    }

    /**
     * Ends the handshake of a socket that was given to {@link #demandOf}. Call it before anything is sent.
     *
     * @throws SSLException the certificate is not trusted, or not of this name
     */
    public void confirm(SSLSocket socket) throws IOException {
        socket.startHandshake();
        if (isLeftToUs() && names(socket).noneMatch(this::isMeantBy)) {
            throw new SSLPeerUnverifiedException("the certificate is not that of " + host);
        }
    }

    /** An IPv6 address may have an underscore in the name of its zone. */
    private boolean isLeftToUs() {
        return host.contains("_") && !host.contains(":");
    }

    private static Stream<String> names(SSLSocket socket) throws IOException {
        var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        try {
            return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of()).stream()
                    .filter(name -> name.get(0).equals(DNS_NAME))
                    .map(name -> (String) name.get(1));
        } catch (CertificateParsingException e) {
            throw new SSLException("the names in the certificate cannot be read", e);
        }
    }

    /** A {@code *} stands for the whole first label, in front of two more at least. */
    private boolean isMeantBy(String name) {
        int dot = host.indexOf('.');
        boolean byWildcard = dot > 0
                && host.indexOf('.', dot + 1) > 0
                && name.startsWith("*.")
                && host.substring(dot).equalsIgnoreCase(name.substring(1));
        return byWildcard || host.equalsIgnoreCase(name);
    }
}
