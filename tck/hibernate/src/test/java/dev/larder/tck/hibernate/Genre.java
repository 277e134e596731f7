package dev.larder.tck.hibernate;

/** What a book is about. */
enum Genre {
  SCIENCE,
  FICTION
}
