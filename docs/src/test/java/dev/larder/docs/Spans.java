package dev.larder.docs;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes one class of the pieces of code in the cells of a table, each on the line that it has in
 * the document, so that messages of the compiler name that line.
 *
 * <p>A piece that begins with a dot goes on from {@code start()} of the class that the cells
 * extend; one that ends with a bracket is a statement; a name that begins with a capital is a type,
 * or a constant when its last part is in capitals; one that begins with {@code @} stands on a
 * method.
 */
final class Spans {

  private static final Pattern NAME = Pattern.compile("(?:[A-Z]\\w*\\.)*[A-Z]\\w*");
  private static final Pattern CONSTANT = Pattern.compile("(?:.*\\.)[A-Z][A-Z_]*");

  private Spans() {}

  /** Whether a piece is code of Java by its looks. */
  static boolean java(String span) {
    return span.startsWith(".")
        || span.startsWith("@")
        || NAME.matcher(span).matches()
        || (span.endsWith(")") && !span.contains(": "));
  }

  /** A class of all pieces that are Java. */
  static Snippet joined(String file, List<Cell> cells, Class<?> names, List<String> imports) {
    var code = new StringBuilder("import " + String.join("; import ", imports) + ";\n");
    code.append("abstract class Cells extends ").append(names.getName()).append(" {");
    var line = 2;
    for (var cell : cells) {
      code.append("\n".repeat(cell.line() - line));
      line = cell.line();
      var number = 0;
      for (var span : cell.spans().stream().filter(Spans::java).toList()) {
        code.append(member(span, "l" + line + "_" + number++)).append(' ');
      }
    }
    return new Snippet(file, 0, code.append("}\n").toString());
  }

  private static String member(String span, String name) {
    if (span.startsWith("@")) {
      return span + " public Object " + name + "(String key) { return key; }";
    }
    return "void " + name + "() throws Throwable { " + statement(span) + "; }";
  }

  private static String statement(String span) {
    if (span.startsWith(".")) {
      return "start()" + span;
    }
    if (CONSTANT.matcher(span).matches()) {
      return "Object it = " + span;
    }
    return NAME.matcher(span).matches() ? "Class<?> it = " + span + ".class" : span;
  }
}
