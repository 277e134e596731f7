package dev.larder.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RespAnswersTest {
  private static final String MANY =
      lines(
          "+OK",
          "$3\r\na\nb", // a line end in a value is no line end
          "$-1",
          "$0\r\n",
          ":12",
          "_",
          "*3\r\n$1\r\nx\r\n$-1\r\n*2\r\n:1\r\n_",
          "%1\r\n+k\r\n$1\r\nv",
          "*0",
          "*-1",
          "-ERR no such thing",
          "+OK");

  private static final List<Answer> READ =
      List.of(
          Answer.DONE,
          Answer.DONE,
          Answer.MISSING,
          Answer.DONE,
          Answer.DONE,
          Answer.MISSING,
          new Answer(2, ""),
          Answer.DONE,
          Answer.DONE,
          Answer.DONE,
          new Answer(0, "ERR no such thing"),
          Answer.DONE);

  @Test
  void answersAreReadWhateverThePiecesTheyComeIn() {
    for (var size = 1; size <= MANY.length(); size++) {
      assertEquals(READ, answers(MANY, size), "in pieces of " + size);
    }
  }

  @Test
  void anotherProtocolIsNamedAsSuch() {
    var thrown = assertThrows(DecoderException.class, () -> answers("HTTP/1.1 400\r\n", 99));
    assertTrue(thrown.getMessage().contains("Redis protocol"), thrown.getMessage());
  }

  @Test
  void aLengthThatIsNoNumberIsRefused() {
    assertThrows(DecoderException.class, () -> answers("$x\r\n", 99));
  }

  @Test
  void aLineWithoutEndIsRefused() {
    assertThrows(DecoderException.class, () -> answers("+" + "a".repeat(70_000), 1 << 20));
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private static List<Answer> answers(String text, int size) {
    var channel = new EmbeddedChannel(new RespAnswers());
    try {
      for (var from = 0; from < text.length(); from += size) {
        var piece = text.substring(from, Math.min(text.length(), from + size));
        channel.writeInbound(Unpooled.copiedBuffer(piece, StandardCharsets.US_ASCII));
      }
      var read = new ArrayList<Answer>();
      for (Answer next = channel.readInbound(); next != null; next = channel.readInbound()) {
        read.add(next);
      }
      return read;
    } finally {
      channel.finishAndReleaseAll();
    }
  }
}
