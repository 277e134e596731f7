package dev.larder.server.http.v1;

import dev.larder.server.core.Contents;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.ProblemException;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/** A form that what is not a plain value comes and goes in: one of two. */
final class Formats {
  /** What curl sends unless it is told otherwise, which says nothing. */
  private static final String FORM = "application/x-www-form-urlencoded";

  /** How deep a value in JSON may be nested. */
  static final int DEPTH = 200;

  /** How long a number in JSON may be. */
  private static final int NUMBER = 1_000;

  /** How long the name of a member may be. */
  private static final int NAME = 50_000;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEPTH)
          .maxNumberLength(NUMBER)
          .maxNameLength(NAME)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  /** RFC 8259. */
  static final Formats JSON =
      new Formats(Contents.JSON, JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build());

  /** RFC 8949. */
  static final Formats CBOR =
      new Formats(
          "application/cbor", CBORFactory.builder().streamReadConstraints(CONSTRAINTS).build());

  private final String type;
  private final TokenStreamFactory factory;

  private Formats(String type, TokenStreamFactory factory) {
    this.type = type;
    this.factory = factory;
  }

  /** Its content type. */
  String type() {
    return type;
  }

  /**
   * Reads a body; the length of strings is bounded by that of the body.
   *
   * @throws ProblemException when it is CBOR of a shape that is not read
   */
  JsonParser parser(byte[] body) {
    if (this == CBOR) {
      CborShape.check(body);
    }
    return factory.createParser(ObjectReadContext.empty(), body);
  }

  /** Writes. */
  JsonGenerator generator(OutputStream out) {
    return factory.createGenerator(ObjectWriteContext.empty(), out);
  }

  /**
   * The form of a request's body.
   *
   * @throws ProblemException when it says another
   */
  static Formats ofBody(Exchange exchange) {
    var given = exchange.header("Content-Type").map(Formats::essence).orElse(Contents.JSON);
    if (given.equals(JSON.type) || given.equals(FORM)) {
      return JSON;
    }
    if (given.equals(CBOR.type)) {
      return CBOR;
    }
    throw new ProblemException(
        415,
        "content-type",
        "the content type is "
            + dev.larder.spi.Settings.quote(given)
            + "; allowed: application/json, application/cbor");
  }

  /** The form that the client wants, or else the one given. */
  static Formats ofAnswer(Exchange exchange, Formats otherwise) {
    var wanted = exchange.header("Accept").orElse("");
    var cbor = wanted.indexOf(CBOR.type);
    var json = wanted.indexOf(JSON.type);
    if (cbor >= 0 && (json < 0 || cbor < json)) {
      return CBOR;
    }
    return json >= 0 ? JSON : otherwise;
  }

  /** A content type without its parameters, in lower case. */
  static String essence(String contentType) {
    var end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end))
        .strip()
        .toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether a content type is that of JSON. */
  static boolean json(String contentType) {
    return contentType.equals(Contents.JSON) || essence(contentType).equals(Contents.JSON);
  }

  /**
   * Throws unless the bytes are one value in JSON.
   *
   * @throws ProblemException naming where it is wrong
   */
  static void checkJson(byte[] text) {
    try {
      if (!oneValue(text)) {
        throw Refusals.malformed("the body is not one value in JSON");
      }
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** Whether the bytes are one value in JSON. */
  static boolean isJson(byte[] text) {
    try {
      return oneValue(text);
    } catch (JacksonException e) {
      return false;
    }
  }

  private static boolean oneValue(byte[] text) {
    // UTF-8 without a mark only (RFC 8259, 8.1); Jackson would take others too.
    if (text.length > 0 && (text[0] < 0 || text[0] == 0 || (text.length > 1 && text[1] == 0))) {
      return false;
    }
    try (var parser = JSON.parser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    }
  }

  /** What a reader says of a body, with the place. */
  static ProblemException malformed(JacksonException e) {
    var place = e.getLocation();
    var where =
        place == null
            ? ""
            : place.getLineNr() > 0
                ? " in line " + place.getLineNr() + ", column " + place.getColumnNr()
                : " at byte " + place.getByteOffset();
    return Refusals.malformed("the body is malformed" + where + ": " + e.getOriginalMessage());
  }
}
