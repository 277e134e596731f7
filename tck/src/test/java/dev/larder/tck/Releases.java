package dev.larder.tck;

import dev.larder.tck.support.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles versions of a small application, each into a folder and a class loader of its own. */
final class Releases {
  private static final String APPLICATION =
      """
      package app;

      import dev.larder.Cache;
      import dev.larder.CacheEvent;
      import dev.larder.CacheListener;
      import dev.larder.CacheSpec;
      import dev.larder.Larder;
      import dev.larder.MissCause;
      import java.util.Map;
      import java.util.Set;
      import java.util.concurrent.atomic.AtomicInteger;

      public final class Application implements dev.larder.tck.Release {
        private final Larder larder;
        private final Cache<String, TYPE> cache;
        private final AtomicInteger told = new AtomicInteger();

        public Application(Map<String, String> options, String topology, Integer schema) {
          larder = Larder.builder().classLoader(Application.class.getClassLoader()).open();
          var spec = CacheSpec.of("people", String.class, TYPE.class)
              .topology(topology).schemaVersion(schema)
              .listener(new Listener(), CacheListener.Delivery.ASYNCHRONOUS);
          options.forEach(spec::option);
          cache = larder.create(spec.build());
        }

        private final class Listener implements CacheListener<String, TYPE> {
          @Override public void on(CacheEvent<String, TYPE> event) {
            told.incrementAndGet();
          }
          @Override public Set<CacheEvent.Type> interests() {
            return Set.of(CacheEvent.Type.CREATED, CacheEvent.Type.UPDATED, CacheEvent.Type.REMOVED);
          }
        }

        private static String text(TYPE value) { return value == null ? null : value.toString(); }

        @Override public void write(String key, int number) { cache.put(key, new TYPE(VALUES)); }
        @Override public String read(String key) { return text(cache.get(key)); }
        @Override public String readAmongOthers(String key) {
          return text(cache.getAll(Set.of(key, "nobody")).get(key));
        }
        @Override public String readInAnUpdate(String key) {
          return cache.update(key, entry -> text(entry.value()));
        }
        @Override public int iterated() {
          var seen = new AtomicInteger();
          cache.iterator().forEachRemaining(entry -> seen.incrementAndGet());
          return seen.get();
        }
        @Override public int told() { return told.get(); }
        @Override public long misread() {
          return cache.control().stats().misread().getOrDefault(MissCause.SCHEMA, 0L);
        }
        @Override public void close() { larder.close(); }
      }
      """;

  private static final String BEAN =
      """
      package app;

      public class NAME implements java.io.Serializable {
        DECLARED
        public NAME() {}
        public NAME(PARAMETERS) { SET }
        @Override public String toString() { return "NAME[" + SHOWN + "]"; }
      }
      """;

  private final Path folder;
  private final Map<Shape, Path> compiled = new HashMap<>();

  Releases(Path folder) {
    this.folder = folder;
  }

  /**
   * A shape of values.
   *
   * @param name the simple name of the class
   * @param record whether it is a record, else a class with fields
   * @param fields with their types: the first of {@code String name}, {@code int age}, {@code
   *     String city}
   */
  record Shape(String name, boolean record, int fields) {
    private static final List<String> TYPES = List.of("String", "int", "String");
    private static final List<String> NAMES = List.of("name", "age", "city");
    private static final List<String> VALUES =
        List.of("\"n\" + number", "number", "\"c\" + number");

    String source() {
      var parameters =
          IntStream.range(0, fields)
              .mapToObj(each -> TYPES.get(each) + " " + NAMES.get(each))
              .collect(Collectors.joining(", "));
      if (record) {
        return "package app; public record NAME(PARAMETERS) implements java.io.Serializable {}"
            .replace("NAME", name)
            .replace("PARAMETERS", parameters);
      }
      var declared =
          IntStream.range(0, fields)
              .mapToObj(each -> "public " + TYPES.get(each) + " " + NAMES.get(each) + ";")
              .collect(Collectors.joining(" "));
      var set =
          NAMES.subList(0, fields).stream()
              .map(field -> "this." + field + " = " + field + ";")
              .collect(Collectors.joining(" "));
      var shown =
          NAMES.subList(0, fields).stream()
              .map(field -> "\"" + field + "=\" + " + field)
              .collect(Collectors.joining(" + \", \" + "));
      return BEAN.replace("NAME", name)
          .replace("DECLARED", declared)
          .replace("PARAMETERS", parameters)
          .replace("SET", set)
          .replace("SHOWN", shown);
    }

    String application() {
      return APPLICATION
          .replace("TYPE", name)
          .replace("VALUES", String.join(", ", VALUES.subList(0, fields)));
    }
  }

  /** Starts a version of the application. */
  Release start(Shape shape, Map<String, String> options, String topology, int schema) {
    try {
      var urls = new URL[] {compiled.computeIfAbsent(shape, this::compiled).toUri().toURL()};
      return (Release)
          new URLClassLoader("release", urls, Releases.class.getClassLoader())
              .loadClass("app.Application")
              .getConstructor(Map.class, String.class, Integer.class)
              .newInstance(options, topology, schema);
    } catch (ReflectiveOperationException | MalformedURLException e) {
      throw new AssertionError("the application does not start", e);
    }
  }

  private Path compiled(Shape shape) {
    try {
      var place =
          Files.createDirectories(folder.resolve("release-" + compiled.size()).resolve("app"));
      var value = Files.writeString(place.resolve(shape.name() + ".java"), shape.source());
      var application = Files.writeString(place.resolve("Application.java"), shape.application());
      compile(place.getParent(), List.of(value, application));
      return place.getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path to, List<Path> sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    try (var files = compiler.getStandardFileManager(problems, Locale.ROOT, null)) {
      var options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-cp",
              Jvm.classPath(path -> true),
              "-d",
              to.toString());
      var units = files.getJavaFileObjectsFromPaths(sources);
      if (!compiler.getTask(null, files, problems, options, null, units).call()) {
        throw new AssertionError("a release does not compile: " + problems.getDiagnostics());
      }
    }
  }
}
