package dev.larder.annotations;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * Methods for every attribute of the annotations. What each does when it runs, the test says; that
 * argument is no part of the key.
 */
public interface Attributed {

  String named(String id, Callable<String> how) throws Exception;

  String unnamed(String id, int index);

  String array(int[] ids, Callable<String> how) throws Exception;

  int number(long id, Callable<Integer> how) throws Exception;

  Optional<String> optional(String id, Callable<Optional<String>> how) throws Exception;

  CompletionStage<String> stage(String id, Callable<CompletionStage<String>> how) throws Exception;

  CompletionStage<Optional<String>> optionalStage(
      String id, Callable<CompletionStage<Optional<String>>> how) throws Exception;

  String skipping(String id, Callable<String> how) throws Exception;

  String failing(String id, Callable<String> how) throws Exception;

  String failingForSome(String id, Callable<String> how) throws Exception;

  String failingButSome(String id, Callable<String> how) throws Exception;

  String failingBoth(String id, Callable<String> how) throws Exception;

  String failingAnew(String id, Callable<String> how) throws Exception;

  CompletionStage<String> failingStage(String id, Callable<CompletionStage<String>> how)
      throws Exception;

  void put(String id, String value, Callable<?> how) throws Exception;

  void putOptional(String id, Optional<String> value);

  void putBefore(String id, String value, Callable<?> how) throws Exception;

  void putForSome(String id, String value, Callable<?> how) throws Exception;

  void putButSome(String id, String value, Callable<?> how) throws Exception;

  void putBoth(String id, String value, Callable<?> how) throws Exception;

  CompletionStage<Void> putLater(String id, String value, Callable<CompletionStage<Void>> how)
      throws Exception;

  void remove(String id, Callable<?> how) throws Exception;

  void removeStage(String id);

  void removeBefore(String id, Callable<?> how) throws Exception;

  void removeForSome(String id, Callable<?> how) throws Exception;

  void removeButSome(String id, Callable<?> how) throws Exception;

  void removeAll(Callable<?> how) throws Exception;

  void removeAllBefore(Callable<?> how) throws Exception;

  void removeAllForSome(Callable<?> how) throws Exception;

  String generated(String id, Callable<String> how) throws Exception;

  String resolved(String id, Callable<String> how) throws Exception;

  String plain(String id, Callable<String> how) throws Exception;
}
