package dev.larder.remote;

import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A path, and its address at each host: reading an address costs more than sending to it. */
final class Where {
  private final String scheme;
  private final String path;
  private volatile @Nullable Known known;

  private record Known(Hosts.Host host, HttpUrl url) {}

  Where(boolean tls, String path) {
    this.scheme = tls ? "https://" : "http://";
    this.path = path;
  }

  HttpUrl at(Hosts.Host host) {
    var last = known;
    if (last != null && last.host == host) {
      return last.url;
    }
    var url = HttpUrl.get(scheme + host + path);
    known = new Known(host, url);
    return url;
  }
}
