package dev.pedidos.e2e.system;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The users of deploy/rabbitmq, with other names, in the vhost of a test; deleted with it. */
public final class BrokerUsers implements AutoCloseable {

    private static final Path FOLDER = Path.of("..", "deploy", "rabbitmq");
    private static final List<String> NAMES = List.of("api", "worker", "operator", "topology");
    private static final String PASSWORD = "of-a-test";
    private static final byte[] SALT = {0, 1, 2, 3};

    private final URI amqp;
    private final String vhost;
    private final String management;

    public BrokerUsers(Stores stores) throws Exception {
        amqp = URI.create(stores.amqpUri());
        vhost = amqp.getPath().substring(1);
        management = stores.managementUrl().orElseThrow();
        String users = Files.readString(FOLDER.resolve("users.json"));
        for (var name : NAMES) {
            users = users.replace("\"name\": \"" + name + '"', "\"name\": \"" + name(name) + '"')
                    .replace("\"user\": \"" + name + '"', "\"user\": \"" + name(name) + '"')
                    .replace("@" + name + "@", hash());
        }
        importDefinitions(users);
    }

    /** The name of a user of deploy/rabbitmq here. */
    public String name(String name) {
        return name + "-" + vhost;
    }

    /** Imports the definitions that the deployment's broker imports at its start. */
    public void importTopology() throws Exception {
        importDefinitions(Files.readString(FOLDER.resolve("definitions.json")));
    }

    private void importDefinitions(String definitions) throws Exception {
        String here = definitions
                .replaceAll("\"vhost\": ?\"pedidos\"", "\"vhost\":\"" + vhost + '"')
                .replace("\"name\":\"pedidos\"}", "\"name\":\"" + vhost + "\"}");
        call("POST", "/api/definitions", here);
    }

    /** The URI of the test's vhost for this user. */
    public String uri(String name) {
        return RootLocale.format("amqp://%s:%s@%s:%d/%s", name(name), PASSWORD, amqp.getHost(), amqp.getPort(), vhost);
    }

    private void call(String method, String path, String body) throws Exception {
        var answer = answer(amqp.getUserInfo(), method, path, body);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** The status of a request to the management API; {@code %v} stands for the vhost. */
    public int status(String user, String method, String path, String body) throws Exception {
        return answer(name(user) + ":" + PASSWORD, method, path.replace("%v", vhost), body)
                .statusCode();
    }

    private HttpResponse<String> answer(String login, String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(management + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", "Basic " + base64(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .build();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    /** As secrets.sh of deploy/compose makes it. */
    private static String hash() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(SALT);
        byte[] sum = digest.digest(PASSWORD.getBytes(StandardCharsets.UTF_8));
        byte[] salted = Arrays.copyOf(SALT, SALT.length + sum.length);
        System.arraycopy(sum, 0, salted, SALT.length, sum.length);
        return base64(salted);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() throws Exception {
        for (var name : NAMES) {
            call("DELETE", "/api/users/" + name(name), "");
        }
    }
}
