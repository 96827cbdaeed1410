package dev.pedidos.worker.http;

import java.nio.charset.StandardCharsets;

/** The head of a request whose connection ends with its answer. */
public final class RequestHead {

    private final StringBuilder text;

    /**
     * @param target path and query
     * @param host with its port, unless that is the usual one
     */
    public RequestHead(String method, String target, String host) {
        text = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        header("Host", host);
        header("Connection", "close");
    }

    public void header(String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    public byte[] bytes() {
        return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
