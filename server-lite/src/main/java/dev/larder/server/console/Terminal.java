package dev.larder.server.console;

import java.lang.reflect.InvocationTargetException;

/** Whether people watch the output, and how wide it is. */
public final class Terminal {
  private static final int DEFAULT_COLUMNS = 80;

  private Terminal() {}

  /** Whether both input and output are a terminal that can move its cursor. */
  @SuppressWarnings("SystemConsoleNull") // both answers are handled
  public static boolean present() {
    var console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // From JDK 22 on there is a console for pipes, too, and this method to tell.
      return (Boolean) console.getClass().getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  /** The columns that the shell exports, or 80. */
  public static int columns() {
    var columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(columns)
        : DEFAULT_COLUMNS;
  }
}
