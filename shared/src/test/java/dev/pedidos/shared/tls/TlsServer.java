package dev.pedidos.shared.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server whose certificate has these names; takes the first byte of each client and closes. */
public final class TlsServer implements AutoCloseable {

    /** Of {@link #firstByte}: the client sent nothing. */
    public static final int NOTHING = -1;

    private static final char[] PASSWORD = "only-here".toCharArray();
    private static final int DNS = 0x82;
    private static final int MAIL = 0x81;

    private final SSLContext context;
    private final ServerSocket door;
    private final BlockingQueue<Integer> firstBytes = new LinkedBlockingQueue<>();

    /**
     * @param commonName of its subject
     * @param mail a name of it that is an address of mail
     */
    public TlsServer(Path folder, String commonName, String mail, List<String> dnsNames) throws Exception {
        context = contextOf(stored(folder.resolve("server.p12"), commonName, subjectNames(mail, dnsNames)));
        door = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().name("tls-server").daemon().start(this::serve);
    }

    /** Of the server, and of clients that trust it. */
    public SSLContext context() {
        return context;
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Of the next client; waits for it. */
    public int firstByte() throws InterruptedException {
        return firstBytes.take();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (var client = door.accept()) {
                firstBytes.add(firstByteOf(client));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static int firstByteOf(Socket client) {
        try {
            return client.getInputStream().read();
        } catch (IOException refused) {
            return NOTHING;
        }
    }

    /** In DER, because keytool writes no name with an underscore: each shorter than 128 bytes, as all together. */
    private static byte[] subjectNames(String mail, List<String> dnsNames) {
        var names = new ByteArrayOutputStream();
        add(MAIL, mail, names);
        dnsNames.forEach(name -> add(DNS, name, names));
        var sequence = new ByteArrayOutputStream();
        sequence.write(0x30);
        sequence.write(names.size());
        sequence.writeBytes(names.toByteArray());
        return sequence.toByteArray();
    }

    private static void add(int tag, String name, ByteArrayOutputStream names) {
        names.write(tag);
        names.write(name.length());
        names.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static KeyStore stored(Path file, String commonName, byte[] subjectNames) throws Exception {
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + commonName,
                        "-ext",
                        "2.5.29.17=" + HexFormat.ofDelimiter(":").formatHex(subjectNames),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("keytool ended with " + exit);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext contextOf(KeyStore store) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
