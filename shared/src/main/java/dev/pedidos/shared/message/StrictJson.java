package dev.pedidos.shared.message;

import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads bytes into a tree in one pass, or throws {@link MalformedJson}. It is stricter than the library's default: no
 * duplicate key, no trailing bytes, only UTF-8. Numbers keep their exact value: 5 is an integer, 5.0 and 5e0 are
 * decimals.
 */
public final class StrictJson {
    /**
     * jsonb writes numbers in full, 1e-324 with all its zeros: a number from the ledger may be longer than one from a
     * client.
     */
    private static final int STORED_NUMBER_LENGTH = 4 * Limits.NUMBER_LENGTH;

    /**
     * Our own programs put a client's value into objects of theirs: an event into a pedido, a pedido into a page. The library
     * writes nothing that is nested deeper than this.
     */
    private static final int OWN_NESTING = StreamWriteConstraints.DEFAULT_MAX_DEPTH;

    private static final JsonFactory OF_CLIENTS = factory(Limits.NESTING);
    private static final JsonFactory OF_MESSAGES = factory(Limits.MESSAGE_NESTING);
    private static final JsonFactory OWN = factory(OWN_NESTING);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /**
     * Stands for a number that is too long to be read, or whose exponent does not fit an int. No field and no bound
     * accepts it.
     */
    private static final BigDecimal BEYOND = BigDecimal.valueOf(1, -1_000_000_000);

    /** Of the largest long. */
    private static final int LONG_DIGITS = 19;

    private final JsonFactory factory;
    private final int numberLength;
    private final int mostValues;
    private final Function<BigDecimal, JsonNode> decimals;
    private int values;

    private StrictJson(JsonFactory factory, int numberLength, int mostValues) {
        this(factory, numberLength, mostValues, NODES::numberNode);
    }

    private StrictJson(JsonFactory factory, int numberLength, int mostValues, Function<BigDecimal, JsonNode> decimals) {
        this.factory = factory;
        this.numberLength = numberLength;
        this.mostValues = mostValues;
        this.decimals = decimals;
    }

    /**
     * The library's table of names fails if many names have one hash, and it has another hash for text than for bytes: it
     * would not read from the ledger what it has read from a client. So it has no such table here.
     */
    private static JsonFactory factory(int nesting) {
        return JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(nesting)
                        .maxNumberLength(Limits.BATCH_BODY_BYTES)
                        .maxNameLength(Limits.BATCH_BODY_BYTES)
                        .maxStringLength(Limits.BATCH_BODY_BYTES)
                        .build())
                .build();
    }

    /**
     * Reads a document to its end only if it has few enough values: the tree of small values takes thirty times their
     * text.
     *
     * @throws TooManyValues it has more
     */
    public static JsonNode read(byte[] body, int mostValues) {
        return new StrictJson(OF_CLIENTS, Limits.NUMBER_LENGTH, mostValues).document(body);
    }

    /** Reads bytes that a client wrote. */
    public static JsonNode read(byte[] body) {
        return new StrictJson(OF_CLIENTS, Limits.NUMBER_LENGTH, Integer.MAX_VALUE).document(body);
    }

    /**
     * Reads a message, which one of our programs wrote from what a client sent. It is read to its end only if it has no more values
     * than one of ours. An integer that was written with an exponent is an integer again, as jsonb makes it one.
     */
    static JsonNode readMessage(byte[] body) {
        return new StrictJson(OF_MESSAGES, STORED_NUMBER_LENGTH, Limits.MESSAGE_VALUES, StrictJson::integerAgain)
                .document(body);
    }

    /** Reads an answer of one of our programs. */
    public static JsonNode readOwn(byte[] body) {
        return new StrictJson(OWN, STORED_NUMBER_LENGTH, Integer.MAX_VALUE).document(body);
    }

    /** Reads text that PostgreSQL wrote. */
    public static JsonNode readStored(String text) {
        return new StrictJson(OWN, STORED_NUMBER_LENGTH, Integer.MAX_VALUE).document(text);
    }

    private JsonNode document(byte[] body) {
        Utf8.check(body);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
            return document(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private JsonNode document(String text) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            return document(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private JsonNode document(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedJson("the body is empty");
        }
        JsonNode root = value(parser, first);
        if (parser.nextToken() != null) {
            throw new MalformedJson(at(parser.currentTokenLocation()) + "trailing content after the value");
        }
        return root;
    }

    private JsonNode value(JsonParser parser, JsonToken token) {
        if (++values > mostValues) {
            throw new TooManyValues();
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimals.apply(decimal(parser.getString()));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new MalformedJson(at(parser.currentTokenLocation()) + "unexpected " + token);
        };
    }

    private ObjectNode object(JsonParser parser) {
        ObjectNode node = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (node.get(name) != null) {
                throw new MalformedJson(at(parser.currentTokenLocation()) + "duplicate key");
            }
            node.set(name, value(parser, parser.nextToken()));
        }
        return node;
    }

    private ArrayNode array(JsonParser parser) {
        ArrayNode node = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            node.add(value(parser, token));
        }
        return node;
    }

    private JsonNode integer(JsonParser parser) {
        if (parser.getStringLength() > numberLength) {
            return NODES.numberNode(BEYOND);
        }
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private BigDecimal decimal(String token) {
        try {
            return token.length() > numberLength ? BEYOND : new BigDecimal(token);
        } catch (NumberFormatException e) {
            return BEYOND;
        }
    }

    private static JsonNode integerAgain(BigDecimal number) {
        boolean mayBeLong = number.scale() < 0 && number.precision() - number.scale() <= LONG_DIGITS;
        if (!mayBeLong || number.toBigInteger().bitLength() >= Long.SIZE) {
            return NODES.numberNode(number);
        }
        long value = number.longValueExact();
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    private static MalformedJson malformed(JacksonException e) {
        // The names of the library's settings mean nothing to a client.
        String reason = e.getOriginalMessage()
                .replaceFirst(",? from `StreamReadConstraints[^`]*`", "")
                .replaceFirst(" \\(start marker at .*", "");
        // The only message of the library that quotes the content at length.
        String quoting = "Unrecognized token";
        return new MalformedJson(at(e.getLocation()) + (reason.startsWith(quoting) ? quoting : reason));
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
