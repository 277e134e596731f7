package dev.larder.testkit.far;

import java.time.Duration;
import java.util.Random;

/**
 * What goes wrong between the clients and the owners of a region. Chances are shares from 0 to 1,
 * drawn from a seeded source, so that a run with one thread can be repeated; {@link #toString}
 * gives the seed. Nothing goes wrong until a test says so. Safe for all threads.
 */
public final class FarFaults {
  private final Line line;

  // guarded by this
  private long seed = 1;
  private Random random = new Random(seed);
  private double drop;
  private double repeat;
  private double reorder;
  private double lateEvent;
  private long eventDelay;
  private double fail;
  private double lose;
  private double lateRequest;
  private long requestDelay;

  FarFaults(Line line) {
    this.line = line;
  }

  /** Starts the source of chance anew. */
  public synchronized FarFaults seed(long start) {
    seed = start;
    random = new Random(start);
    return this;
  }

  /** Events get lost: clients are told of a gap. */
  public synchronized FarFaults dropEvents(double chance) {
    drop = checked(chance);
    return this;
  }

  /** Events arrive twice: clients deliver them once. */
  public synchronized FarFaults repeatEvents(double chance) {
    repeat = checked(chance);
    return this;
  }

  /** Events arrive behind later ones: clients deliver them in order. */
  public synchronized FarFaults reorderEvents(double chance) {
    reorder = checked(chance);
    return this;
  }

  /** Events arrive late, by the client's scheduler. */
  public synchronized FarFaults delayEvents(double chance, Duration delay) {
    lateEvent = checked(chance);
    eventDelay = delay.toMillis();
    return this;
  }

  /** Requests reach the owner late, by the client's scheduler. */
  public synchronized FarFaults delayRequests(double chance, Duration delay) {
    lateRequest = checked(chance);
    requestDelay = delay.toMillis();
    return this;
  }

  /** Requests fail before they reach the owner. */
  public synchronized FarFaults failRequests(double chance) {
    fail = checked(chance);
    return this;
  }

  /** Requests are carried out and the answer gets lost: of a change the outcome is unknown. */
  public synchronized FarFaults loseReplies(double chance) {
    lose = checked(chance);
    return this;
  }

  /** The owner stops answering; requests wait. */
  public FarFaults pause() {
    line.pause();
    return this;
  }

  /** The owner goes on. */
  public FarFaults resume() {
    line.resume();
    return this;
  }

  /** Whether the owner has stopped. */
  public boolean paused() {
    return line.paused();
  }

  /** Nothing goes wrong from now on. */
  public synchronized FarFaults calm() {
    drop = repeat = reorder = lateEvent = fail = lose = lateRequest = 0;
    line.resume();
    return this;
  }

  private static double checked(double chance) {
    if (!(chance >= 0 && chance <= 1)) {
      throw new IllegalArgumentException("chance must be between 0 and 1 but is " + chance);
    }
    return chance;
  }

  private boolean happens(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  synchronized boolean drops() {
    return happens(drop);
  }

  synchronized boolean repeats() {
    return happens(repeat);
  }

  synchronized boolean reorders() {
    return happens(reorder);
  }

  synchronized long delaysEvent() {
    return happens(lateEvent) ? eventDelay : 0;
  }

  synchronized long delaysRequest() {
    return happens(lateRequest) ? requestDelay : 0;
  }

  synchronized boolean fails() {
    return happens(fail);
  }

  synchronized boolean losesReply() {
    return happens(lose);
  }

  @Override
  public synchronized String toString() {
    return "faults with seed " + seed;
  }
}
