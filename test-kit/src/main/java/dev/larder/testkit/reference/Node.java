package dev.larder.testkit.reference;

/** An entry of a {@link ReferenceCache}. */
final class Node<V> {
  V value;
  long writtenAt;
  long deadline;
  boolean own;

  Node(V value) {
    this.value = value;
  }
}
