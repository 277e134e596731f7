package dev.larder.jcache;

import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

/** What came of an entry processor on one key among several. */
final class Results {
  private Results() {}

  static <T> EntryProcessorResult<T> of(T result) {
    return () -> result;
  }

  static <T> EntryProcessorResult<T> failed(RuntimeException failure) {
    var thrown =
        failure instanceof EntryProcessorException known
            ? known
            : new EntryProcessorException(failure.getMessage(), failure);
    return () -> {
      throw thrown;
    };
  }
}
