package dev.larder.server.serve;

import dev.larder.server.serve.Settings.Logging.Format;
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

/** One record, one line; a failure has its frames below, or in its field where lines are JSON. */
final class LogFormatter extends Formatter {
  /** Frames of a failure that are shown. */
  private static final int FRAMES = 20;

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
    if (record.getThrown() != null) {
      line.append('\n').append(frames(record.getThrown()));
    }
  }

  private void json(LogRecord record, StringBuilder line) {
    var all = new LinkedHashMap<String, Object>();
    all.put("time", time(record));
    all.put("level", level(record.getLevel()));
    all.put("logger", logger(record));
    all.put("message", formatMessage(record));
    fields(record).forEach(all::putIfAbsent);
    if (record.getThrown() != null) {
      all.put("failure", frames(record.getThrown()));
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

  private static Map<String, Object> fields(LogRecord record) {
    var parameters = record.getParameters();
    return parameters != null && parameters.length > 0 && parameters[0] instanceof Log.Fields fields
        ? fields.each()
        : Map.of();
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
    var text = new StringBuilder(failure.toString());
    var shown = 0;
    for (var frame : failure.getStackTrace()) {
      if (shown++ == FRAMES) {
        text.append("\n  ...");
        break;
      }
      text.append("\n  at ").append(frame);
    }
    var cause = failure.getCause();
    return cause == null || cause == failure ? text.toString() : text + "\nby " + cause;
  }
}
