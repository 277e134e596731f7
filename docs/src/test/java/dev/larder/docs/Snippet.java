package dev.larder.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of Java in a Markdown file.
 *
 * @param file the file, as named in messages
 * @param line where the block opens, from 1
 * @param code what stands between the fences
 */
record Snippet(String file, int line, String code) {

  private static final Pattern FENCE = Pattern.compile("^( {0,3})(`{3,}|~{3,})\\s*(\\S*).*$");

  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:(?:public|final|abstract|sealed|non-sealed)\\s+)*"
              + "(?:class|interface|record|enum|@interface)\\s+(\\w+)",
          Pattern.MULTILINE);

  private static final Pattern PACKAGE =
      Pattern.compile("^package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

  private static final Pattern MAIN =
      Pattern.compile("public static void main\\(\\s*(?:final\\s+)?String");

  /** All Java blocks of a file. */
  static List<Snippet> of(Path file, String name) throws IOException {
    return of(Files.readString(file), name);
  }

  /** All Java blocks of a text; throws when a block is never closed. */
  static List<Snippet> of(String markdown, String name) {
    var snippets = new ArrayList<Snippet>();
    var code = new StringBuilder();
    var fence = "";
    var language = "";
    var opened = 0;
    var number = 0;
    for (var line : markdown.lines().toList()) {
      number++;
      var match = FENCE.matcher(line);
      if (fence.isEmpty() && match.matches()) {
        fence = match.group(2);
        language = match.group(3);
        opened = number;
        code.setLength(0);
      } else if (!fence.isEmpty() && line.strip().equals(fence)) {
        if (language.equals("java")) {
          snippets.add(new Snippet(name, opened, code.toString()));
        }
        fence = "";
      } else {
        code.append(line).append('\n');
      }
    }
    if (!fence.isEmpty()) {
      throw new IllegalStateException(name + ":" + opened + ": the block is never closed");
    }
    return snippets;
  }

  /** Whether it declares a type, so that a compiler takes it as it stands. */
  boolean complete() {
    return TYPE.matcher(code).find();
  }

  /** Whether it is a program. */
  boolean runnable() {
    return complete() && MAIN.matcher(code).find();
  }

  /** The simple name of its first type, or of its first public one. */
  String type() {
    var first = TYPE.matcher(code).results().toList();
    return first.stream()
        .filter(found -> found.group().startsWith("public"))
        .findFirst()
        .orElse(first.get(0))
        .group(1);
  }

  /** The name of the class to run. */
  String mainClass() {
    var found = PACKAGE.matcher(code);
    return found.find() ? found.group(1) + "." + type() : type();
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
