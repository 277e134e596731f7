package dev.larder.server.http;

import java.util.List;

/** Some routes of the server, with their part of the OpenAPI document. */
public interface Routes {

  /** The routes. Asked once, when the server is put together. */
  List<Route> routes();

  /**
   * The part of the OpenAPI document that describes them: a YAML resource beside the class that
   * implements this, with {@code tags}, {@code paths} and {@code components}; each operation has
   * the {@code operationId} of its {@link Route#operation}.
   */
  String document();
}
