package dev.pedidos.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.CallbackUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {

    @ParameterizedTest
    @CsvSource({
        "1.1.1.1, PUBLIC",
        "9.255.255.255, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.128.0.0, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.32.0.0, PUBLIC",
        "192.167.255.255, PUBLIC",
        "223.255.255.255, PUBLIC",
        "10.0.0.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "100.127.255.255, PRIVATE",
        "127.0.0.1, PRIVATE",
        "127.255.255.255, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "0.0.0.0, SPECIAL",
        "0.1.2.3, SPECIAL",
        "169.254.169.254, SPECIAL",
        "192.0.0.8, SPECIAL",
        "192.0.2.1, SPECIAL",
        "192.88.99.1, SPECIAL",
        "198.18.0.1, SPECIAL",
        "198.51.100.1, SPECIAL",
        "203.0.113.1, SPECIAL",
        "224.0.0.1, SPECIAL",
        "240.0.0.1, SPECIAL",
        "255.255.255.255, SPECIAL",
        "2606:4700:4700::1111, PUBLIC",
        "::1, PRIVATE",
        "fc00::1, PRIVATE",
        "fd00:ec2::254, PRIVATE",
        "::, SPECIAL",
        "::127.0.0.1, SPECIAL",
        "fe80::1, SPECIAL",
        "fec0::1, SPECIAL",
        "ff02::1, SPECIAL",
        "100::1, SPECIAL",
        "2001::1, SPECIAL",
        "2001:db8::1, SPECIAL",
        "2002:7f00:1::, SPECIAL",
        "3fff::1, SPECIAL",
        "64:ff9b::127.0.0.1, PRIVATE",
        "64:ff9b::169.254.169.254, SPECIAL",
        "64:ff9b::1.1.1.1, PUBLIC",
        "64:ff9b:1::1.1.1.1, SPECIAL",
        "::ffff:127.0.0.1, PRIVATE",
        "::ffff:169.254.169.254, SPECIAL"
    })
    void everyAddressHasItsKind(String address, AddressKind kind) throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
    }

    @Test
    void anIpv4AddressWithinAnIpv6OneIsSeenThroughInItsBytesToo() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};

        assertThat(AddressKind.of(mapped)).isEqualTo(AddressKind.PRIVATE);
    }

    @ParameterizedTest
    @CsvSource({
        "*, http://hooks.test/, 1.1.1.1, true",
        "*, http://hooks.test/, 127.0.0.1, false",
        "*, http://hooks.test/, 10.0.0.1, false",
        "*, http://hooks.test/, 169.254.169.254, false",
        "hooks.test, http://hooks.test/, 1.1.1.1, true",
        "hooks.test, http://hooks.test/, 10.0.0.1, true",
        "hooks.test, http://hooks.test/, 169.254.169.254, false",
        "hooks.test, http://other.test/, 1.1.1.1, false",
        "169.254.1.2, http://169.254.1.2/, 169.254.1.2, true",
        "169.254.1.2, http://0xa9fe0102/, 169.254.1.2, false",
        "'*,127.0.0.1', http://2130706433/, 127.0.0.1, false",
        "[::1], http://[::1]:9/, ::1, true"
    })
    void aPrivateAddressNeedsANamedHostAndASpecialOneItself(String hosts, String url, String leadsTo, boolean allowed)
            throws Exception {
        InetAddress address = InetAddress.getByName(leadsTo);
        var addresses = new AllowedAddresses(CallbackHosts.parse(hosts), host -> new InetAddress[] {address});
        CallbackUrl callback = CallbackUrl.parse(url).orElseThrow();

        if (allowed) {
            assertThat(addresses.of(callback)).containsExactly(address);
        } else {
            assertThat(catchThrowableOfType(CallFailed.class, () -> addresses.of(callback))
                            .fault())
                    .isEqualTo(CallFault.ENDERECO_NAO_PERMITIDO);
        }
    }
}
