package dev.pedidos.worker.webhook;

import dev.pedidos.shared.text.Digits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** The kind of an address, by the IANA registries of special-purpose addresses. */
enum AddressKind {
    /** A server on the internet. */
    PUBLIC,
    /** This machine, or one of its own network: only for a host that is named. */
    PRIVATE,
    /** No server for clients has such an address, or none should. Allowed only if the callback host is this address itself. */
    SPECIAL;

    private record Block(byte[] prefix, int bits, AddressKind kind) {
        static Block of(String text, AddressKind kind) {
            int slash = text.indexOf('/');
            return new Block(bytes(text.substring(0, slash)), Digits.toInt(text.substring(slash + 1)), kind);
        }

        boolean has(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            return Arrays.equals(address, 0, whole, prefix, 0, whole)
                    && (rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0);
        }
    }

    /** The first one that has the address counts. */
    private static final List<Block> BLOCKS = List.of(
            Block.of("0.0.0.0/8", SPECIAL),
            Block.of("10.0.0.0/8", PRIVATE),
            Block.of("100.64.0.0/10", PRIVATE),
            Block.of("127.0.0.0/8", PRIVATE),
            // Link-local; the clouds' metadata services are here.
            Block.of("169.254.0.0/16", SPECIAL),
            Block.of("172.16.0.0/12", PRIVATE),
            Block.of("192.0.0.0/24", SPECIAL),
            Block.of("192.0.2.0/24", SPECIAL),
            Block.of("192.88.99.0/24", SPECIAL),
            Block.of("192.168.0.0/16", PRIVATE),
            Block.of("198.18.0.0/15", SPECIAL),
            Block.of("198.51.100.0/24", SPECIAL),
            Block.of("203.0.113.0/24", SPECIAL),
            Block.of("224.0.0.0/3", SPECIAL),
            Block.of("0.0.0.0/0", PUBLIC),
            Block.of("::1/128", PRIVATE),
            Block.of("fc00::/7", PRIVATE),
            Block.of("2001::/23", SPECIAL),
            Block.of("2001:db8::/32", SPECIAL),
            // 6to4: it has an IPv4 address in it.
            Block.of("2002::/16", SPECIAL),
            Block.of("3fff::/20", SPECIAL),
            Block.of("2000::/3", PUBLIC),
            Block.of("::/0", SPECIAL));

    private static final Block NAT64 = Block.of("64:ff9b::/96", SPECIAL);
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    static AddressKind of(InetAddress address) {
        return of(address.getAddress());
    }

    /** An IPv4 address within an IPv6 one is what counts where the network takes it out again. */
    static AddressKind of(byte[] address) {
        boolean mapped = address.length == 16 && Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
        if (mapped || NAT64.has(address)) {
            return of(Arrays.copyOfRange(address, MAPPED.length, address.length));
        }
        return BLOCKS.stream()
                .filter(block -> block.has(address))
                .findFirst()
                .map(Block::kind)
                .orElse(SPECIAL);
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
