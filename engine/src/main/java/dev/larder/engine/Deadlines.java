package dev.larder.engine;

import dev.larder.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the entries of a {@link MemoryStore} whose time has run out without looking at all of them:
 * by the bounds of the {@link ExpiryIndex}.
 */
final class Deadlines<K, V> {
  /** How many groups are looked at when room is needed. */
  private static final int SWEPT = 8;

  private final MemoryStore<K, V> store;
  private final NodeTable<K, V> table;
  private final Clock clock;
  private final ExpiryIndex index;

  /** The group looked at last when room was needed. Guarded by the policy lock. */
  private int swept;

  Deadlines(MemoryStore<K, V> store, NodeTable<K, V> table, Clock clock) {
    this.store = store;
    this.table = table;
    this.clock = clock;
    this.index = new ExpiryIndex(clock.now());
  }

  /** The node got a deadline, which may be earlier than the one before. */
  void note(Node<K, V> node) {
    index.note(node.hash(), node.end(), table.bins());
  }

  /** Takes out everything that has expired, and tells the policy; gives how many. */
  long purge() {
    var groups = index.groups();
    long gone = 0;
    for (int group = 0; group < groups; group++) {
      var now = clock.exact();
      if (index.due(group, now)) {
        var expired = expireGroup(group, groups, now);
        expired.forEach(node -> store.reconcile(node, false));
        gone += expired.size();
      }
    }
    return gone;
  }

  /** Takes out what has expired in one group and gives the nodes, of which to tell the policy. */
  private List<Node<K, V>> expireGroup(int group, int groups, long now) {
    index.forget(group);
    var nodes = new ArrayList<Node<K, V>>();
    table.group(group, groups, nodes);
    var gone = new ArrayList<Node<K, V>>(0);
    for (var node : nodes) {
      if (node.end() <= now && store.expired(node, now)) {
        gone.add(node);
      } else if (node.value() != null) {
        store.expires(node);
      }
    }
    return gone;
  }

  /**
   * Looks at the next few groups, going round, and takes out what has expired in the first that has
   * some; gives the nodes, of which to tell the policy. Under the policy lock.
   */
  List<Node<K, V>> sweep() {
    var groups = index.groups();
    var now = clock.now();
    for (int looked = 0; looked < SWEPT; looked++) {
      swept = (swept + 1) & (groups - 1);
      if (index.due(swept, now)) {
        return expireGroup(swept, groups, now);
      }
    }
    return List.of();
  }
}
