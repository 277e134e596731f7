package dev.larder.annotations;

import java.util.concurrent.Callable;

/** Methods of a class with defaults. */
public interface Defaulted {

  String ofClass(String id, Callable<String> how) throws Exception;

  String ofMethod(String id, Callable<String> how) throws Exception;
}
