package dev.larder.annotations;

import java.util.concurrent.Callable;

/** Methods that share a cache. */
public interface Shared {

  String title(long id, Callable<String> how) throws Exception;

  Integer pages(long id, Callable<Integer> how) throws Exception;

  Integer pages(long id, String edition, Callable<Integer> how) throws Exception;

  String byName(String name, Callable<String> how) throws Exception;

  void putTitle(long id, String title);

  void putPages(long id, Integer pages);

  void putByName(String name, String title);

  Integer createPages(long id, Callable<Integer> how) throws Exception;

  void remove(long id);

  void removeByName(String name);
}
