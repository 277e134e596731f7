package dev.larder.benchmarks.simulator;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads one file into a {@link Trace}. Every complaint names the file and where in it. */
final class TraceReader {
  private static final int BUFFER = 1 << 16;
  private static final int HEAD = 4_096;
  private static final int LONGEST_LINE = 4_096;
  private static final int LONGEST_RUN = 1_000_000;

  private final Path file;
  private final @Nullable TraceFormat wanted;
  private final Trace.Collector accesses = new Trace.Collector();

  private TraceReader(Path file, @Nullable TraceFormat wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  /**
   * The trace in a file, packed or not.
   *
   * @param format null to guess it from the name and the first bytes
   */
  static Trace read(Path file, @Nullable TraceFormat format) throws BadInputException {
    return new TraceReader(file, format).read();
  }

  /** The name of the file without what its endings say. */
  static String name(Path file) {
    return String.valueOf(file.getFileName())
        .replaceFirst("(\\.(u64|arc|lis|trc|txt))?(\\.gz)?$", "");
  }

  private Trace read() throws BadInputException {
    if (!Files.isRegularFile(file)) {
      throw bad(Files.exists(file) ? "is not a file" : "does not exist", null);
    }
    try (var raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        var in = unpacked(raw)) {
      read(in);
    } catch (AccessDeniedException e) {
      throw bad("may not be read", e);
    } catch (EOFException e) {
      throw bad("is cut short: its gzip data ends early, after " + accesses.length() + " keys", e);
    } catch (ZipException e) {
      throw bad("is damaged after " + accesses.length() + " keys: " + e.getMessage(), e);
    } catch (IOException e) {
      throw bad("cannot be read: " + e.getMessage(), e);
    }
    if (accesses.length() == 0) {
      throw bad("holds no key; formats are " + TraceFormat.list(), null);
    }
    return accesses.finish(name(file));
  }

  private static InputStream unpacked(BufferedInputStream raw) throws IOException {
    raw.mark(2);
    boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return packed ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
  }

  private void read(InputStream in) throws IOException, BadInputException {
    in.mark(HEAD);
    var head = in.readNBytes(HEAD);
    in.reset();
    var format = wanted == null ? TraceFormat.guess(file.toString(), head) : wanted;
    if (format == TraceFormat.U64) {
      readNumbers(in);
    } else {
      readLines(in, format);
    }
  }

  private void readNumbers(InputStream in) throws IOException, BadInputException {
    var buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    int read = in.readNBytes(buffer.array(), 0, BUFFER);
    while (read > 0) {
      buffer.clear().limit(read);
      while (buffer.remaining() >= Long.BYTES) {
        room("after " + accesses.length() + " keys");
        accesses.add(buffer.getLong());
      }
      if (buffer.hasRemaining()) {
        throw bad(
            "has "
                + buffer.remaining()
                + " bytes left over after "
                + accesses.length()
                + " keys; u64 wants 8 bytes for each key",
            null);
      }
      read = in.readNBytes(buffer.array(), 0, BUFFER);
    }
  }

  private void readLines(InputStream in, TraceFormat format) throws IOException, BadInputException {
    // A decoder from newDecoder() refuses bytes that are no UTF-8; a charset would replace them.
    var lines =
        new LineNumberReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    long number = 1;
    try {
      for (var line = line(lines, number); line != null; line = line(lines, number)) {
        var content = line.strip();
        if (!content.isEmpty()) {
          readLine(content, "line " + number, format);
        }
        number++;
      }
    } catch (CharacterCodingException e) {
      throw bad("is not UTF-8 text, near line " + number, e);
    }
  }

  /**
   * The next line, or null at the end. Never in memory beyond the longest one allowed: a small
   * packed file may hold a line without an end.
   */
  private @Nullable String line(LineNumberReader lines, long number)
      throws IOException, BadInputException {
    var line = new StringBuilder();
    int next = lines.read();
    if (next < 0) {
      return null;
    }
    // This reader gives every kind of line end as '\n'.
    for (; next >= 0 && next != '\n'; next = lines.read()) {
      if (line.length() == LONGEST_LINE) {
        throw noKey("line " + number);
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private BadInputException noKey(String where) {
    return bad(where + " is no key: longer than " + LONGEST_LINE + " characters or binary", null);
  }

  private void readLine(String line, String where, TraceFormat format) throws BadInputException {
    if (line.indexOf('\0') >= 0) {
      throw noKey(where);
    }
    room(where);
    switch (format) {
      case ARC -> readRun(line, where);
      case LIRS -> readBlock(line, where);
      case WEIGHTED -> readWeighted(line, where);
      case PLAIN -> {
        if (line.charAt(0) != '#') {
          accesses.add(line);
        }
      }
      case U64 -> throw new IllegalArgumentException("u64 has no lines");
    }
  }

  private void readRun(String line, String where) throws BadInputException {
    var fields = line.split("\\s+");
    if (fields.length != 4) {
      throw wrong(where, line, "startBlock count ignored requestNumber");
    }
    long start = number(fields[0], where, line);
    long count = number(fields[1], where, line);
    if (count < 1 || count > LONGEST_RUN || start > Long.MAX_VALUE - count) {
      throw wrong(where, line, "a count of 1 to " + LONGEST_RUN);
    }
    for (long key = start; key < start + count; key++) {
      room(where);
      accesses.add(key);
    }
  }

  private void readBlock(String line, String where) throws BadInputException {
    if (!line.equals("*")) {
      accesses.add(number(line, where, line));
    }
  }

  private void readWeighted(String line, String where) throws BadInputException {
    int blank = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
    long weight = blank < 0 ? -1 : number(line.substring(blank + 1), where, line);
    if (weight < 0 || weight > Integer.MAX_VALUE) {
      throw wrong(where, line, "key weight, the weight from 0 to " + Integer.MAX_VALUE);
    }
    accesses.add(line.substring(0, blank).strip(), (int) weight);
  }

  private long number(String word, String where, String line) throws BadInputException {
    try {
      long number = Long.parseLong(word);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw bad(where + ": `" + line + "`: " + word + " is no number from 0 to 2^63-1", e);
    }
    throw bad(where + ": `" + line + "`: " + word + " is negative", null);
  }

  private void room(String where) throws BadInputException {
    if (accesses.full()) {
      throw bad(where + ": more than " + Trace.Collector.MAXIMUM + " accesses; cut it first", null);
    }
  }

  private BadInputException wrong(String where, String line, String allowed) {
    return bad(where + ": `" + line + "`: expected " + allowed, null);
  }

  private BadInputException bad(String what, @Nullable Throwable cause) {
    var message = "--trace " + file + " " + what;
    return cause == null ? new BadInputException(message) : new BadInputException(message, cause);
  }
}
