package dev.larder.disk.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** What can happen to a file behind its owner's back. */
enum Damage {
  /** A few bits anywhere. */
  FLIP {
    @Override
    byte[] done(byte[] bytes, Random random) {
      for (int left = 1 + random.nextInt(8); left > 0; left--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return bytes;
    }
  },
  /** A few bits in the first bytes, where a file says what it is. */
  FLIP_HEAD {
    @Override
    byte[] done(byte[] bytes, Random random) {
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        bytes[random.nextInt(Math.min(bytes.length, 200))] ^= (byte) (1 << random.nextInt(8));
      }
      return bytes;
    }
  },
  /** The end is missing. */
  TRUNCATE {
    @Override
    byte[] done(byte[] bytes, Random random) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
  },
  /** A stretch as a disk has it that lost a write. */
  ZERO {
    @Override
    byte[] done(byte[] bytes, Random random) {
      var from = random.nextInt(bytes.length);
      Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(8_192)), (byte) 0);
      return bytes;
    }
  },
  /** A stretch of anything. */
  NOISE {
    @Override
    byte[] done(byte[] bytes, Random random) {
      var noise = new byte[Math.min(bytes.length, 1 + random.nextInt(4_096))];
      random.nextBytes(noise);
      System.arraycopy(
          noise, 0, bytes, random.nextInt(bytes.length - noise.length + 1), noise.length);
      return bytes;
    }
  },
  /** A page in the place of another, as a disk has it that wrote to the wrong place. */
  MISPLACE {
    @Override
    byte[] done(byte[] bytes, Random random) {
      var pages = bytes.length / PAGE;
      if (pages > 1) {
        System.arraycopy(
            bytes, random.nextInt(pages) * PAGE, bytes, random.nextInt(pages) * PAGE, PAGE);
      }
      return bytes;
    }
  },
  /** More than there should be. */
  APPEND {
    @Override
    byte[] done(byte[] bytes, Random random) {
      var more = new byte[1 + random.nextInt(10_000)];
      random.nextBytes(more);
      var longer = Arrays.copyOf(bytes, bytes.length + more.length);
      System.arraycopy(more, 0, longer, bytes.length, more.length);
      return longer;
    }
  };

  private static final int PAGE = 4_096;

  /** The damaged bytes; of an empty file there is nothing to damage but its length. */
  abstract byte[] done(byte[] bytes, Random random);

  void to(Path file, Random random) throws IOException {
    var bytes = Files.readAllBytes(file);
    Files.write(file, bytes.length == 0 ? APPEND.done(bytes, random) : done(bytes, random));
  }
}
