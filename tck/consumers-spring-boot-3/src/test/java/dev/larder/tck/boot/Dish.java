package dev.larder.tck.boot;

import java.io.Serializable;

/** A value of a class of the application. */
record Dish(String name, int number) implements Serializable {}
