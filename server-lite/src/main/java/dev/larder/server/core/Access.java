package dev.larder.server.core;

import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who may use the server. */
public interface Access {
  /** The one user there is. */
  String DEFAULT_USER = "default";

  /** Whether a password is wanted at all. */
  boolean wanted();

  /**
   * Checks a password, in constant time; after failures from the same address the answer comes
   * later. A user other than {@code default} is never right. The password is not kept.
   *
   * @param user the user named, null for none, which means {@code default}
   * @param answer gets whether it was right, on any thread
   */
  void check(@Nullable String user, byte[] password, SocketAddress from, Consumer<Boolean> answer);

  /** Everybody may, and any password of the user {@code default} is right. */
  static Access everybody() {
    return new Access() {
      @Override
      public boolean wanted() {
        return false;
      }

      @Override
      public void check(
          @Nullable String user, byte[] password, SocketAddress from, Consumer<Boolean> answer) {
        answer.accept(user == null || user.equals(DEFAULT_USER));
      }
    };
  }
}
