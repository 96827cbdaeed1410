package dev.pedidos.api.http;

import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.JsonText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer other than success, as {@code application/problem+json}.
 *
 * @param slug of the type, {@code /problems/<slug>}
 * @param detail what happened, what it means for the request, what to do
 * @param errors of faulty fields; otherwise empty
 * @param retryAfterSeconds when to try again; 0: trying again does not help
 */
public record Problem(
        int status, String slug, String title, String detail, List<FieldError> errors, int retryAfterSeconds) {

    public static final String CONTENT_TYPE = "application/problem+json";
    /** The detail of a 404. */
    public static final String NO_PEDIDO = "No pedido has this id.";

    private static final int SOON = 1;
    private static final int STORE_IS_BACK = 5;

    public static Problem malformedJson(String detail) {
        return new Problem(400, "malformed-json", "The body is not well-formed JSON", detail);
    }

    public static Problem invalidFields(List<FieldError> errors) {
        return new Problem(
                422, "invalid-fields", "Some fields are faulty", "Nothing was accepted; see errors.", errors, 0);
    }

    public static Problem invalidField(String field, String message) {
        return invalidFields(List.of(new FieldError(field, message)));
    }

    public static Problem pedidoConflict() {
        return new Problem(
                409,
                "pedido-conflict",
                "This pedido_id has other content",
                "This id already belongs to a pedido with other content. That pedido did not change. Your request was not"
                        + " accepted.");
    }

    /** @param pedidoId of an item of a batch */
    public static Problem itemConflict(String pedidoId) {
        return new Problem(
                409,
                "pedido-conflict",
                "The pedido_id of an item is taken",
                "There is a pedido " + pedidoId
                        + " already, which is not of this batch. Nothing of the batch was accepted;"
                        + " send it with another Idempotency-Key.");
    }

    public static Problem idempotencyKeyReused() {
        return new Problem(
                422,
                "idempotency-key-reused",
                "This Idempotency-Key was used with other content",
                "The pedido or batch that was accepted under this key stays as it is. This one was not accepted.");
    }

    public static Problem notDeadLettered(String detail) {
        return new Problem(409, "not-dead-lettered", "The pedido is not a dead letter", detail);
    }

    public static Problem notCancellable() {
        return new Problem(
                409,
                "not-cancellable",
                "The pedido cannot be cancelled",
                "Its effect cannot be undone, or pedidos of its tipo are never cancelled. Nothing was changed.");
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "not-found", "Not found", detail);
    }

    public static Problem methodNotAllowed() {
        return new Problem(405, "method-not-allowed", "Method not allowed", "See the Allow header.");
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", "Not allowed", detail);
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, "bad-request", "The request is not valid HTTP", detail);
    }

    /** For a request that would fail again in the same way. */
    public static Problem internalError(String detail) {
        return new Problem(500, "internal-error", "Internal error", detail);
    }

    public static Problem timeout() {
        return new Problem(
                408, "timeout", "The body came too slowly", "Nothing was accepted; the connection is closed.");
    }

    public static Problem tooLarge(int limitBytes) {
        return new Problem(
                413, "too-large", "The body is too large", "Nothing was accepted; at most " + limitBytes + " bytes.");
    }

    public static Problem unsupportedMediaType() {
        return new Problem(
                415,
                "unsupported-media-type",
                "Only JSON in UTF-8",
                "Nothing was accepted; send Content-Type: application/json, without Content-Encoding.");
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, "unavailable", "Not available now", detail, List.of(), STORE_IS_BACK);
    }

    public static Problem overloaded() {
        return new Problem(
                503,
                "overloaded",
                "Too many requests are in progress",
                "Nothing was accepted; send it again a little later.",
                List.of(),
                SOON);
    }

    /** For a request that is done: only its answer could not be read. */
    public static Problem answerNotRead() {
        return new Problem(
                503,
                "overloaded",
                "Too many requests are in progress",
                "The request is done, now or before; only its answer cannot be read now. Send it again a little later.",
                List.of(),
                SOON);
    }

    /** For refusals of the server before a route is found, and for unexpected failures. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> notFound("There is nothing at this address.");
            case 405 -> methodNotAllowed();
            case 408 -> timeout();
            case 415 -> unsupportedMediaType();
            // The client's fault in spite of the 5xx: an unknown method, transfer coding or version.
            case 501, 505 -> badRequest("Nothing was accepted.");
            case 503 -> unavailable("The API is starting or stopping; send the request again a little later.");
            default ->
                status < 500
                        ? new Problem(status, "bad-request", "The request is not valid HTTP", "Nothing was accepted.")
                        : internalError(
                                "The server failed. It is unknown whether the request took effect. Repeat it with the"
                                        + " same pedido_id or Idempotency-Key, if it has one.");
        };
    }

    private Problem(int status, String slug, String title, String detail) {
        this(status, slug, title, detail, List.of(), 0);
    }

    public String json() {
        String head = "{\"type\":\"/problems/" + slug + "\",\"title\":" + JsonText.quoted(title) + ",\"status\":"
                + status + ",\"detail\":" + JsonText.quoted(detail);
        if (errors.isEmpty()) {
            return head + "}";
        }
        return errors.stream()
                .map(error -> "{\"field\":" + JsonText.quoted(error.field()) + ",\"message\":"
                        + JsonText.quoted(error.message()) + "}")
                .collect(Collectors.joining(",", head + ",\"errors\":[", "]}"));
    }
}
