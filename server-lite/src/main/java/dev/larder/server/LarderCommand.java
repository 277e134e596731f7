package dev.larder.server;

import dev.larder.engine.SystemClock;
import dev.larder.server.demo.DemoCommand;
import dev.larder.server.load.BenchCommand;
import dev.larder.server.serve.Mistyped;
import dev.larder.server.serve.QuickStart;
import dev.larder.server.serve.RehearseCommand;
import dev.larder.server.serve.ServeCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of Larder. Exit codes: 0 done, 1 failed, 2 wrong usage or bad input. */
@Command(
    name = "larder",
    description = "A cache for Java: in process, on disk, remote and clustered.",
    subcommands = CommandLine.HelpCommand.class,
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
public final class LarderCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  private LarderCommand() {}

  /** Without a verb there is nothing to do. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a verb.");
  }

  /** Runs the verb that the arguments name and ends the process with its exit code. */
  public static void main(String... arguments) {
    System.exit(
        QuickStart.run(List.of(arguments)).orElseGet(() -> commandLine().execute(arguments)));
  }

  static CommandLine commandLine() {
    var line =
        new CommandLine(new LarderCommand())
            .addSubcommand(new DemoCommand(SystemClock.instance()))
            .addSubcommand(ServeCommand.line())
            .addSubcommand(new BenchCommand(SystemClock.instance()))
            .addSubcommand(new HealthCommand())
            .addSubcommand(new RehearseCommand())
            .addSubcommand(new VersionCommand());
    return line.setParameterExceptionHandler(new Mistyped(line.getParameterExceptionHandler()));
  }
}
