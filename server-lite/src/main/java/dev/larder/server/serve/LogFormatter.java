package dev.larder.server.serve;

import dev.larder.StoreException;
import dev.larder.server.serve.Settings.Logging.Format;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One record, one line; a failure has its frames below, or in its field where lines are JSON. Of a
 * failure the class is told, and the message only where it is about files, sockets and stores, or
 * names the class or the memory that is missing: others may quote what a client sent.
 */
final class LogFormatter extends Formatter {
  /** Frames of a failure that are shown. */
  private static final int FRAMES = 20;

  /** Causes of a failure that are shown. */
  private static final int CAUSES = 5;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final Format format;

  LogFormatter(Format format) {
    this.format = format;
  }

  @Override
  public String format(LogRecord record) {
    var line = new StringBuilder(160);
    if (format == Format.JSON) {
      json(record, line);
    } else {
      text(record, line);
    }
    return line.append('\n').toString();
  }

  private void text(LogRecord record, StringBuilder line) {
    line.append(time(record)).append(' ');
    line.append(String.format(Locale.ROOT, "%-5s", level(record.getLevel()))).append(' ');
    line.append(logger(record)).append(' ').append(oneLine(formatMessage(record)));
    fields(record)
        .forEach((name, value) -> line.append(' ').append(name).append('=').append(word(value)));
    var failure = failure(record);
    if (failure != null) {
      line.append('\n').append(frames(failure));
    }
  }

  private void json(LogRecord record, StringBuilder line) {
    var all = new LinkedHashMap<String, Object>();
    all.put("time", time(record));
    all.put("level", level(record.getLevel()));
    all.put("logger", logger(record));
    all.put("message", formatMessage(record));
    fields(record).forEach(all::putIfAbsent);
    var failure = failure(record);
    if (failure != null) {
      all.put("failure", frames(failure));
    }
    var between = '{';
    for (var each : all.entrySet()) {
      line.append(between);
      between = ',';
      JsonText.append(line, each.getKey());
      line.append(':');
      JsonText.append(line, String.valueOf(each.getValue()));
    }
    line.append('}');
  }

  private static @Nullable Object said(LogRecord record) {
    var parameters = record.getParameters();
    return parameters != null && parameters.length > 0 ? parameters[0] : null;
  }

  private static Map<String, Object> fields(LogRecord record) {
    var said = said(record);
    if (said instanceof Log.Failed failed) {
      return failed.fields().each();
    }
    return said instanceof Log.Fields fields ? fields.each() : Map.of();
  }

  private static @Nullable Throwable failure(LogRecord record) {
    return said(record) instanceof Log.Failed failed ? failed.failure() : record.getThrown();
  }

  private static String time(LogRecord record) {
    return TIME.format(Instant.ofEpochMilli(record.getInstant().toEpochMilli()));
  }

  /** The words of the setting, not those of java.util.logging. */
  private static String level(Level level) {
    var value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (value >= Level.WARNING.intValue()) {
      return "warn";
    }
    if (value >= Level.INFO.intValue()) {
      return "info";
    }
    return value >= Level.FINE.intValue() ? "debug" : "trace";
  }

  private static String logger(LogRecord record) {
    var name = String.valueOf(record.getLoggerName());
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String oneLine(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }

  private static String word(Object value) {
    var text = String.valueOf(value);
    if (!text.isEmpty() && text.chars().noneMatch(LogFormatter::needsQuotes)) {
      return text;
    }
    var quoted = new StringBuilder();
    JsonText.append(quoted, text);
    return quoted.toString();
  }

  private static boolean needsQuotes(int letter) {
    return letter <= ' ' || letter == '"' || letter == '=' || letter == 0x7f;
  }

  private static String frames(Throwable failure) {
    var text = new StringBuilder();
    var causes = 0;
    for (var each = failure; each != null && causes < CAUSES; each = each.getCause()) {
      text.append(causes++ == 0 ? "" : "\nby ").append(each.getClass().getName());
      if (quotesNobody(each)) {
        text.append(": ").append(oneLine(String.valueOf(each.getMessage())));
      }
      var frames = each.getStackTrace();
      for (var at = 0; at < Math.min(FRAMES, frames.length); at++) {
        text.append("\n  at ").append(frames[at]);
      }
    }
    return text.toString();
  }

  private static boolean quotesNobody(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof StoreException
        || failure instanceof LinkageError
        || failure instanceof VirtualMachineError;
  }
}
