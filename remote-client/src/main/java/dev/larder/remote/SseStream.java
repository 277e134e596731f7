package dev.larder.remote;

import dev.larder.remote.Link.Listener;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;

/** A stream of server-sent events (WHATWG HTML, 9.2), on a thread of OkHttp. */
final class SseStream extends EventSourceListener implements Link.Stream {
  /** Who keeps account of hosts and passwords. */
  interface Account {
    /** There was no connection, or it broke. */
    void broke(IOException thrown, boolean opened);

    /** The server said no. */
    void refused(int status);
  }

  private final Listener listener;
  private final Account account;
  private final ReentrantLock telling = new ReentrantLock();
  private @Nullable EventSource source;
  private volatile boolean opened;
  private volatile boolean over;

  private SseStream(Listener listener, Account account) {
    this.listener = listener;
    this.account = account;
  }

  static SseStream open(
      OkHttpClient client,
      HttpUrl url,
      @Nullable String authorization,
      String lastId,
      Listener listener,
      Account account) {
    var request = new Request.Builder().url(url);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    var stream = new SseStream(listener, account);
    stream.source = EventSources.createFactory(client).newEventSource(request.build(), stream);
    return stream;
  }

  @Override
  public void onOpen(EventSource from, Response response) {
    opened = true;
    tell(listener::opened);
  }

  @Override
  public void onEvent(EventSource from, @Nullable String id, @Nullable String type, String data) {
    tell(() -> listener.event(id == null ? "" : id, type == null ? "" : type, data));
  }

  @Override
  public void onClosed(EventSource from) {
    end("the server ended it");
  }

  @Override
  public void onFailure(EventSource from, @Nullable Throwable thrown, @Nullable Response response) {
    if (over) {
      return;
    }
    if (response != null && response.code() != 200) {
      account.refused(response.code());
      end("the server refused it with " + response.code());
    } else if (thrown instanceof IOException broken) {
      account.broke(broken, opened);
      end("it broke: " + thrown);
    } else {
      end("the server's answer is no stream of events: " + thrown);
    }
  }

  private void end(String why) {
    tell(
        () -> {
          over = true;
          listener.ended(why);
        });
  }

  private void tell(Runnable what) {
    telling.lock();
    try {
      if (!over) {
        what.run();
      }
    } finally {
      telling.unlock();
    }
  }

  @Override
  public void close() {
    over = true;
    if (source != null) {
      source.cancel();
    }
    // Waits for a call that is under way; one that closes from within passes.
    tell(() -> {});
  }
}
