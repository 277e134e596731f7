package dev.larder.server.demo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a {@link Trace} from a file of one of two forms: a gzip of little-endian unsigned 64-bit
 * keys, or plain UTF-8 text with one key on each line (blank lines and lines that begin with {@code
 * #} are left out).
 */
final class TraceReader {
  /** More requests than a demo needs, few enough to fit a small heap. */
  static final int MAXIMUM_REQUESTS = 5_000_000;

  static final String FORMS =
      "a trace is a gzip of little-endian 64-bit keys (.u64.gz), or plain UTF-8 text with one key a"
          + " line";

  private static final String EXAMPLE = "web07.u64.gz";
  private static final int LONGEST_LINE = 4_096;

  private TraceReader() {}

  /** The example that comes with Larder. */
  static Trace example() throws BadInputException {
    try (var in = TraceReader.class.getResourceAsStream(EXAMPLE)) {
      if (in == null) {
        throw new BadInputException("the example trace " + EXAMPLE + " is missing from this jar");
      }
      return read("web07", in);
    } catch (IOException e) {
      throw new BadInputException("the example trace " + EXAMPLE + ": " + e.getMessage(), e);
    }
  }

  static Trace file(Path file) throws BadInputException {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("--trace " + file + ": no such file; " + FORMS);
    }
    try (var in = Files.newInputStream(file)) {
      return read(file.getFileName() + "", in);
    } catch (IOException e) {
      throw new BadInputException("--trace " + file + ": " + e.getMessage() + "; " + FORMS, e);
    }
  }

  /**
   * Reads until the end of the stream.
   *
   * @throws IOException when the source cannot be read, or is damaged; the message says where
   * @throws BadInputException when it holds no request, or more than {@link #MAXIMUM_REQUESTS}
   */
  static Trace read(String name, InputStream source) throws IOException, BadInputException {
    var in = new BufferedInputStream(source);
    in.mark(2);
    var zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    var requests = new Trace.Collector();
    if (zipped) {
      readNumbers(name, in, requests);
    } else {
      readLines(name, in, requests);
    }
    if (requests.length() == 0) {
      throw new BadInputException("trace " + name + " holds no key; " + FORMS);
    }
    return requests.finish(name);
  }

  private static void readNumbers(String name, InputStream in, Trace.Collector requests)
      throws IOException, BadInputException {
    try (var numbers = new DataInputStream(new GZIPInputStream(in, 1 << 16))) {
      for (var word = numbers.readNBytes(8); word.length > 0; word = numbers.readNBytes(8)) {
        if (word.length < 8) {
          throw new IOException("damaged: " + word.length + " bytes left over at the end");
        }
        add(name, requests, bigEndian(word));
      }
    } catch (EOFException | ZipException e) {
      throw new IOException("damaged after " + requests.length() + " keys (" + why(e) + ")", e);
    }
  }

  /** The order of the bytes does not matter, since a key is only compared with others. */
  private static long bigEndian(byte[] word) {
    var key = 0L;
    for (var b : word) {
      key = (key << 8) | (b & 0xff);
    }
    return key;
  }

  private static String why(IOException e) {
    return e instanceof EOFException ? "the file ends too early" : e.getMessage() + "";
  }

  private static void readLines(String name, InputStream in, Trace.Collector requests)
      throws IOException, BadInputException {
    // A decoder from newDecoder() refuses bytes that are no UTF-8; a charset would replace them.
    var lines =
        new LineNumberReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var key = line.strip();
        if (key.length() > LONGEST_LINE || key.indexOf('\0') >= 0) {
          throw new IOException("line " + lines.getLineNumber() + " is no key");
        }
        if (!key.isEmpty() && key.charAt(0) != '#') {
          add(name, requests, key);
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException("not UTF-8 text, near line " + (lines.getLineNumber() + 1), e);
    }
  }

  private static void add(String name, Trace.Collector requests, Object key)
      throws BadInputException {
    if (requests.length() == MAXIMUM_REQUESTS) {
      throw new BadInputException(
          "trace " + name + " holds more than " + MAXIMUM_REQUESTS + " keys; cut it first");
    }
    requests.add(key);
  }
}
