package dev.larder.benchmarks.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;

/** What is done again and again. */
enum Operation {
  GET("get", 1) {
    @Override
    int once(Subject subject, Draw draw) {
      return subject.get(draw.key()) == null ? 0 : 1;
    }
  },
  PUT("put", 1) {
    @Override
    int once(Subject subject, Draw draw) {
      subject.put(draw.key(), draw.value());
      return 1;
    }
  },
  FEW_LATER("get, asynchronous, 16 at a time", 16) {
    @Override
    int once(Subject subject, Draw draw) {
      return later(subject, draw, times());
    }
  },
  MANY_LATER("get, asynchronous, 256 at a time", 256) {
    @Override
    int once(Subject subject, Draw draw) {
      return later(subject, draw, times());
    }
  },
  GET_ALL("getAll of 100", 100) {
    @Override
    int once(Subject subject, Draw draw) {
      return subject.getAll(draw.keys(times()));
    }
  },
  PUT_ALL("putAll of 100", 100) {
    @Override
    int once(Subject subject, Draw draw) {
      var entries = new LinkedHashMap<String, byte[]>();
      draw.keys(times()).forEach(key -> entries.put(key, draw.value()));
      subject.putAll(entries);
      return times();
    }
  },
  COPY("read of a copy", 1_024) {
    @Override
    int once(Subject subject, Draw draw) {
      var found = 0;
      for (var turn = 0; turn < times(); turn++) {
        found += subject.copy(draw.number()) == null ? 0 : 1;
      }
      return found;
    }
  },
  LEASE_OWN("add one, a key each, lease", 1) {
    @Override
    int once(Subject subject, Draw draw) {
      subject.counter(draw.thread()).addWithLease("own" + draw.thread());
      return 1;
    }
  },
  RETRY_OWN("add one, a key each, retry", 1) {
    @Override
    int once(Subject subject, Draw draw) {
      subject.counter(draw.thread()).addWithRetries("own" + draw.thread());
      return 1;
    }
  },
  LEASE_SHARED("add one, the same key, lease", 1) {
    @Override
    int once(Subject subject, Draw draw) {
      subject.counter(draw.thread()).addWithLease("shared");
      return 1;
    }
  },
  RETRY_SHARED("add one, the same key, retry", 1) {
    @Override
    int once(Subject subject, Draw draw) {
      subject.counter(draw.thread()).addWithRetries("shared");
      return 1;
    }
  };

  private final String title;
  private final int times;

  Operation(String title, int times) {
    this.title = title;
    this.times = times;
  }

  String title() {
    return title;
  }

  /** Operations in one call of {@link #once}. */
  int times() {
    return times;
  }

  /** Does it; tells how many of the operations found or did what they should. */
  abstract int once(Subject subject, Draw draw);

  private static int later(Subject subject, Draw draw, int times) {
    var all = new ArrayList<CompletableFuture<Integer>>(times);
    for (var turn = 0; turn < times; turn++) {
      var found = subject.getLater(draw.key()).thenApply(value -> value == null ? 0 : 1);
      all.add(found.toCompletableFuture());
    }
    return all.stream().mapToInt(CompletableFuture::join).sum();
  }
}
