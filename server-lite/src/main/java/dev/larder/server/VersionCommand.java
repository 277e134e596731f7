package dev.larder.server;

import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code larder version}. */
@Command(
    name = "version",
    description = "Print the versions of Larder and Java.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    for (var line : getVersion()) {
      spec.commandLine().getOut().println(line);
    }
    return 0;
  }

  @Override
  public String[] getVersion() throws IOException {
    var build = new Properties();
    try (var in = VersionCommand.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IOException("build.properties is missing from this jar");
      }
      build.load(in);
    }
    return new String[] {
      "larder " + build.getProperty("version"),
      "java " + Runtime.version() + ", " + System.getProperty("java.vendor")
    };
  }
}
