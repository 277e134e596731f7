package dev.larder.docs;

import dev.larder.tck.support.Jvm;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles and runs snippets against the class path of this test, each in a folder of its own. */
final class Sandbox {

  private static final long SECONDS = 60;

  /** Ehcache brings a JCache provider: one too many for the programs that name none. */
  private static final String EHCACHE = "org.ehcache";

  private final Path folder;

  Sandbox(Path folder) {
    this.folder = folder;
  }

  /** Compiles a snippet; throws an error that names its place in the document. */
  void compile(Snippet snippet) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    try (var files = compiler.getStandardFileManager(problems, Locale.ROOT, null)) {
      var options =
          List.of(
              "--release", "17", "-proc:none", "-cp", classPath(snippet), "-d", folder.toString());
      var task =
          compiler.getTask(null, files, problems, options, null, List.of(new Source(snippet)));
      if (!task.call()) {
        throw new AssertionError(describe(snippet, problems));
      }
    }
  }

  /** Compiles and runs a program in a JVM of its own and returns what it printed. */
  String run(Snippet snippet) throws IOException, InterruptedException {
    compile(snippet);
    var output = Files.createTempFile(folder, "output", ".txt");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = folder + File.pathSeparator + classPath(snippet);
    var process =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, snippet.mainClass())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(snippet + ": still running after " + SECONDS + " s");
    }
    var printed = Files.readString(output, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new AssertionError(snippet + ": ended with " + process.exitValue() + "\n" + printed);
    }
    return printed;
  }

  private static String classPath(Snippet snippet) {
    return classPath(snippet.code().contains(EHCACHE));
  }

  /** The class path of this test, with or without Ehcache. */
  static String classPath(boolean ehcache) {
    return Jvm.classPath(part -> ehcache || !part.matches(".*[/\\\\]ehcache-[^/\\\\]*"));
  }

  private static String describe(Snippet snippet, DiagnosticCollector<JavaFileObject> problems) {
    var text = new StringBuilder(snippet + ": does not compile");
    for (var problem : problems.getDiagnostics()) {
      if (problem.getKind() == Diagnostic.Kind.ERROR) {
        text.append("\n  ")
            .append(snippet.file())
            .append(':')
            .append(snippet.line() + problem.getLineNumber())
            .append(": ")
            .append(problem.getMessage(Locale.ROOT));
      }
    }
    return text.toString();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(Snippet snippet) {
      super(URI.create("string:///" + snippet.type() + ".java"), Kind.SOURCE);
      this.code = snippet.code();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
