package dev.larder.benchmarks.simulator;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A file that a result goes to. It is looked at before the work begins, so that nobody waits for a
 * result that cannot be kept.
 */
final class OutputFile {
  private final String option;
  private final Path path;

  /** A file that can be written to as far as can be told before. */
  OutputFile(String option, Path path) throws BadInputException {
    this.option = option;
    this.path = path.toAbsolutePath();
    var folder = this.path.getParent();
    if (Files.isDirectory(this.path) || folder == null) {
      throw new BadInputException(option + " " + path + ": is a folder; give the name of a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(option + " " + path + ": there is no folder " + folder);
    }
    if (!Files.isWritable(Files.exists(this.path) ? this.path : folder)) {
      throw new BadInputException(option + " " + path + ": may not be written");
    }
  }

  void write(String text) throws BadInputException {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void write(BufferedImage image) throws BadInputException {
    try (var out = Files.newOutputStream(path)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new BadInputException(option + " " + path + ": this Java cannot write PNG");
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private BadInputException failed(IOException e) {
    return new BadInputException(option + " " + path + ": could not be written: " + e, e);
  }
}
