package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an annotated method, by what they are for.
 *
 * @param key the positions of those that make the key, in order
 * @param value the position of the one that is put, {@value #NONE} when there is none
 */
record Parameters(List<Declared> all, List<Integer> key, int value) {
  static final int NONE = -1;

  /** A parameter as it is written. */
  record Declared(Class<?> raw, Set<Annotation> annotations) {
    boolean has(Class<? extends Annotation> kind) {
      return annotations.stream().anyMatch(kind::isInstance);
    }
  }

  /** A parameter in a call. */
  record Given(Declared declared, @Nullable Object value, int position)
      implements CacheInvocationParameter {

    @Override
    public Class<?> getRawType() {
      return declared.raw();
    }

    @Override
    public @Nullable Object getValue() {
      return value;
    }

    @Override
    public Set<Annotation> getAnnotations() {
      return declared.annotations();
    }

    @Override
    public int getParameterPosition() {
      return position;
    }
  }

  /** Reads the annotations of the parameters; throws for those that contradict each other. */
  static Parameters of(Method method, Attributes attributes) {
    var all = new ArrayList<Declared>();
    for (var parameter : method.getParameters()) {
      all.add(
          new Declared(parameter.getType(), Set.copyOf(Arrays.asList(parameter.getAnnotations()))));
    }
    var value = value(method, attributes, all);
    var marked = positions(all, CacheKey.class);
    if (marked.contains(value)) {
      throw Refusal.of(
          method,
          attributes.name(),
          "has @CacheKey and @CacheValue on one parameter; the value is never part of the key");
    }
    var others = IntStream.range(0, all.size()).boxed().filter(each -> each != value).toList();
    return new Parameters(List.copyOf(all), marked.isEmpty() ? others : marked, value);
  }

  private static int value(Method method, Attributes attributes, List<Declared> all) {
    var values = positions(all, CacheValue.class);
    if (!attributes.is(CachePut.class)) {
      if (values.isEmpty()) {
        return NONE;
      }
      throw Refusal.of(
          method, attributes.name(), "has a @CacheValue parameter, which is for @CachePut alone");
    }
    if (values.size() != 1) {
      throw Refusal.of(
          method,
          attributes.name(),
          "has "
              + (values.isEmpty() ? "no" : values.size())
              + " @CacheValue parameters; allowed is exactly one, the value to put");
    }
    return values.get(0);
  }

  private static List<Integer> positions(List<Declared> all, Class<? extends Annotation> kind) {
    return IntStream.range(0, all.size()).filter(at -> all.get(at).has(kind)).boxed().toList();
  }

  List<Class<?>> keyTypes() {
    return key.stream().<Class<?>>map(at -> all.get(at).raw()).toList();
  }

  @Nullable Object[] keyArguments(@Nullable Object[] arguments) {
    var chosen = new @Nullable Object[key.size()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = arguments[key.get(i)];
    }
    return chosen;
  }

  CacheInvocationParameter[] allGiven(@Nullable Object[] arguments) {
    return IntStream.range(0, all.size())
        .mapToObj(at -> given(at, arguments))
        .toArray(CacheInvocationParameter[]::new);
  }

  CacheInvocationParameter[] keyGiven(@Nullable Object[] arguments) {
    return key.stream().map(at -> given(at, arguments)).toArray(CacheInvocationParameter[]::new);
  }

  CacheInvocationParameter given(int at, @Nullable Object[] arguments) {
    return new Given(all.get(at), arguments[at], at);
  }
}
