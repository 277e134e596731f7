package dev.larder.server.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a path: a tree of segments. A literal segment is compared as it came, without
 * decoding; where it leads nowhere, the parameter beside it is tried. Immutable, safe for all
 * threads; finding allocates nothing.
 */
final class Router {
  /** So many parameters a template may have. */
  static final int PARAMETERS = 4;

  private static final Node[] NO_NODES = {};
  private static final Route[] NO_ROUTES = {};

  private final Node root = new Node("");
  private final List<Route> routes;

  /** Throws {@link IllegalArgumentException} when two routes are the same. */
  Router(Collection<Route> routes) {
    this.routes = List.copyOf(routes);
    this.routes.forEach(this::add);
  }

  /** All routes. */
  List<Route> routes() {
    return routes;
  }

  /** What a path leads to: one route a method. */
  static final class Node {
    private final String segment;
    private Node[] literals = NO_NODES;
    private @Nullable Node parameter;
    private Route[] routes = NO_ROUTES;
    private String[] names = {};

    private Node(String segment) {
      this.segment = segment;
    }

    /** The route of a method; a GET does for HEAD. */
    @Nullable Route route(String method) {
      for (var route : routes) {
        if (route.method().equals(method)) {
          return route;
        }
      }
      return method.equals("HEAD") ? route("GET") : null;
    }

    /** The names of the parameters, in the order of the path. */
    String[] names() {
      return names;
    }

    /** The methods there are, for {@code Allow}. */
    String allowed() {
      var methods = new ArrayList<String>();
      for (var route : routes) {
        methods.add(route.method());
      }
      if (methods.contains("GET") && !methods.contains("HEAD")) {
        methods.add("HEAD");
      }
      return String.join(", ", methods);
    }
  }

  private void add(Route route) {
    var node = root;
    var names = new ArrayList<String>();
    for (var segment : route.template().substring(1).split("/", -1)) {
      if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1));
        node = parameter(node);
      } else {
        node = literal(node, segment);
      }
    }
    if (names.size() > PARAMETERS || !route.template().startsWith("/")) {
      throw new IllegalArgumentException(route.template() + " is no template");
    }
    for (var known : node.routes) {
      if (known.method().equals(route.method())) {
        throw new IllegalArgumentException(known + " and " + route + " are the same");
      }
    }
    var named = names.toArray(new String[0]);
    if (node.routes.length > 0 && !Arrays.equals(node.names, named)) {
      throw new IllegalArgumentException(route + " names its parameters otherwise");
    }
    node.routes = appended(node.routes, route);
    node.names = named;
  }

  private static Node parameter(Node node) {
    var child = node.parameter;
    if (child == null) {
      child = new Node("");
      node.parameter = child;
    }
    return child;
  }

  private static Node literal(Node node, String segment) {
    for (var child : node.literals) {
      if (child.segment.equals(segment)) {
        return child;
      }
    }
    var child = new Node(segment);
    node.literals = appended(node.literals, child);
    return child;
  }

  private static <T> T[] appended(T[] array, T last) {
    var longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = last;
    return longer;
  }

  /**
   * What the path leads to, or null.
   *
   * @param path text in which the path is
   * @param start where it begins, at its first slash
   * @param end where it ends
   * @param bounds gets begin and end of each parameter
   */
  @Nullable Node find(String path, int start, int end, int[] bounds) {
    return find(root, path, start + 1, end, bounds, 0);
  }

  private static @Nullable Node find(
      Node node, String path, int start, int end, int[] bounds, int parameters) {
    var slash = path.indexOf('/', start);
    var stop = slash < 0 || slash > end ? end : slash;
    for (var child : node.literals) {
      if (child.segment.length() == stop - start && path.startsWith(child.segment, start)) {
        var found = descend(child, path, stop, end, bounds, parameters);
        if (found != null) {
          return found;
        }
      }
    }
    var parameter = node.parameter;
    if (parameter == null || stop == start) {
      return null;
    }
    bounds[2 * parameters] = start;
    bounds[2 * parameters + 1] = stop;
    return descend(parameter, path, stop, end, bounds, parameters + 1);
  }

  private static @Nullable Node descend(
      Node node, String path, int stop, int end, int[] bounds, int parameters) {
    if (stop == end) {
      return node.routes.length == 0 ? null : node;
    }
    return find(node, path, stop + 1, end, bounds, parameters);
  }
}
