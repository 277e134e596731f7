package dev.larder.jcache.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Classes of the JDK that are copied by what they offer to everybody. Exactly these classes: a
 * subclass may hold more. Where their own way of copying keeps something that cannot be asked for
 * (whether a LinkedHashMap orders by access), it is used.
 *
 * <p>Sorted collections are copied without comparing anything, as serialization does, which takes
 * keys and a comparator that are shared; others are serialized. So is what wraps another
 * collection.
 */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users have them, so they are copied
final class JdkPlans {
  /** Comparators of the JDK that are one object each, whatever serialization does to it. */
  private static final Set<Class<?>> COMPARATORS =
      Set.of(
          Comparator.naturalOrder().getClass(),
          Collections.reverseOrder().getClass(),
          String.CASE_INSENSITIVE_ORDER.getClass());

  private static final Map<Class<?>, Plan> PLANS = plans();

  private JdkPlans() {}

  static @Nullable Plan of(Class<?> type) {
    if (COMPARATORS.contains(type)) {
      return Plan.SHARED;
    }
    // The classes of java.sql, known by name since nothing here needs their module.
    return type.getName().matches("java\\.sql\\.(Timestamp|Date|Time)") && Jdk.has(type)
        ? leaf(date -> ((Date) date).clone())
        : PLANS.get(type);
  }

  private static Map<Class<?>, Plan> plans() {
    var plans = new HashMap<Class<?>, Plan>();
    plans.put(ArrayList.class, new CollectionPlans.Elements(ArrayList::new, false));
    plans.put(LinkedList.class, new CollectionPlans.Elements(size -> new LinkedList<>(), false));
    plans.put(ArrayDeque.class, new CollectionPlans.Elements(ArrayDeque::new, false));
    plans.put(HashSet.class, new CollectionPlans.Elements(size -> new HashSet<>(room(size)), true));
    plans.put(
        LinkedHashSet.class,
        new CollectionPlans.Elements(size -> new LinkedHashSet<>(room(size)), true));
    plans.put(HashMap.class, new MapPlans.Entries(HashMap::new));
    plans.put(ConcurrentHashMap.class, new MapPlans.Entries(ConcurrentHashMap::new));
    plans.put(LinkedHashMap.class, new MapPlans.Linked());
    plans.put(TreeMap.class, new MapPlans.Sorted());
    plans.put(TreeSet.class, new CollectionPlans.SortedElements());
    plans.put(EnumMap.class, new MapPlans.Values(map -> ((EnumMap<?, ?>) map).clone()));
    plans.put(List.of(0).getClass(), new CollectionPlans.Fixed(copies -> List.of(copies)));
    plans.put(List.of().getClass(), new CollectionPlans.Fixed(copies -> List.of(copies)));
    plans.put(Set.of(0).getClass(), new CollectionPlans.Fixed(copies -> Set.of(copies)));
    plans.put(Set.of().getClass(), new CollectionPlans.Fixed(copies -> Set.of(copies)));
    plans.put(Map.of(0, 0).getClass(), new MapPlans.FixedEntries());
    plans.put(Map.of().getClass(), new MapPlans.FixedEntries());
    for (Object empty :
        List.of(Collections.EMPTY_LIST, Collections.EMPTY_SET, Collections.EMPTY_MAP)) {
      plans.put(empty.getClass(), Plan.SHARED);
    }
    var regular = EnumSet.noneOf(Thread.State.class);
    plans.put(regular.getClass(), leaf(set -> ((EnumSet<?>) set).clone()));
    plans.put(Date.class, leaf(date -> new Date(((Date) date).getTime())));
    plans.put(BitSet.class, leaf(bits -> ((BitSet) bits).clone()));
    plans.put(AtomicInteger.class, leaf(n -> new AtomicInteger(((AtomicInteger) n).get())));
    plans.put(AtomicLong.class, leaf(n -> new AtomicLong(((AtomicLong) n).get())));
    plans.put(AtomicBoolean.class, leaf(b -> new AtomicBoolean(((AtomicBoolean) b).get())));
    return Map.copyOf(plans);
  }

  /** A capacity at which a table for so many elements need not grow. */
  static int room(int size) {
    return Math.max(16, size + size / 2);
  }

  private static Plan leaf(UnaryOperator<Object> copying) {
    return new Plan.Leaf() {
      @Override
      Object copy(Object original) {
        return copying.apply(original);
      }
    };
  }
}
