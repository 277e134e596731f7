package dev.larder.server.http;

import java.util.Map;

/** A request is refused, in the words of RFC 9457. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final transient Map<String, Object> members;

  /**
   * A refusal.
   *
   * @param status the HTTP status
   * @param code a short word for programs, the last part of the problem's type
   * @param detail what was wrong, and what is allowed
   */
  public ProblemException(int status, String code, String detail) {
    this(status, code, detail, Map.of());
  }

  /** A refusal that says more, by further members of the problem. */
  public ProblemException(int status, String code, String detail, Map<String, Object> members) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.members = Map.copyOf(members);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The word for programs. */
  public String code() {
    return code;
  }

  /** Further members of the problem. */
  public Map<String, Object> members() {
    return members;
  }
}
