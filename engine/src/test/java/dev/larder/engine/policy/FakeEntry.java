package dev.larder.engine.policy;

import dev.larder.Life;
import dev.larder.spi.EvictionPolicy.Element;

/** An entry as a store would hold it, with a reference bit of its own for the model. */
final class FakeEntry implements Element {
  final int id;
  int weight = 1;
  long deadline = Life.FOREVER;
  boolean mayLeave = true;
  boolean read;
  boolean modelRead;

  /** Readers set the bit again faster than it can be taken. */
  boolean readAllTheTime;

  /** Called when the policy looks at the bit. */
  Runnable onTake = () -> {};

  private int index;

  FakeEntry(int id) {
    this.id = id;
  }

  /** Reads the entry without telling a policy that records reads. */
  void touch() {
    read = true;
    modelRead = true;
  }

  /** What {@link #takeReference} is to the policy, for the model. */
  boolean takeModelReference() {
    boolean was = modelRead;
    modelRead = false;
    return was;
  }

  @Override
  public int hash() {
    return id;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public boolean takeReference() {
    onTake.run();
    boolean was = read || readAllTheTime;
    read = false;
    return was;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void index(int newIndex) {
    index = newIndex;
  }

  @Override
  public String toString() {
    return "entry " + id;
  }
}
