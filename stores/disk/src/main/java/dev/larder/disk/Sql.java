package dev.larder.disk;

import java.util.List;

/** The texts of the statements; docs/disk-format.md draws the tables. */
final class Sql {
  /** "Lrdr"; tells our files from those of other applications. */
  static final int APPLICATION = 0x4C726472;

  /** The version of the tables. */
  static final int FORMAT = 1;

  static final String BEGIN = "BEGIN";
  static final String BEGIN_WRITING = "BEGIN IMMEDIATE";
  static final String COMMIT = "COMMIT";
  static final String ROLLBACK = "ROLLBACK";

  static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE file(id INTEGER PRIMARY KEY, format INTEGER NOT NULL,"
              + " ident INTEGER NOT NULL, commits INTEGER NOT NULL)",
          "CREATE TABLE ns(id INTEGER PRIMARY KEY, name TEXT UNIQUE, commits INTEGER NOT NULL,"
              + " seq INTEGER NOT NULL, entries INTEGER NOT NULL, weight INTEGER NOT NULL,"
              + " bytes INTEGER NOT NULL, large INTEGER NOT NULL, crc INTEGER NOT NULL)",
          "CREATE TABLE e(id INTEGER PRIMARY KEY, ns INTEGER NOT NULL, k BLOB NOT NULL,"
              + " la INTEGER NOT NULL, exp INTEGER NOT NULL, crc INTEGER NOT NULL,"
              + " m BLOB NOT NULL, v BLOB)",
          "CREATE UNIQUE INDEX e_key ON e(ns, k)",
          "CREATE INDEX e_la ON e(ns, la, k)",
          "CREATE INDEX e_exp ON e(ns, exp) WHERE exp <> 0",
          "CREATE TABLE val(id INTEGER PRIMARY KEY, v BLOB NOT NULL)",
          "CREATE TABLE hot(ns INTEGER NOT NULL, pos INTEGER NOT NULL, k BLOB NOT NULL,"
              + " PRIMARY KEY(ns, pos)) WITHOUT ROWID");

  /** What a point read or a scan asks for: 1 to 7, and 8 only where 7 is null. */
  private static final String ALL =
      "e.id, e.k, e.la, e.exp, e.crc, e.m, e.v,"
          + " CASE WHEN e.v IS NULL THEN (SELECT val.v FROM val WHERE val.id = e.id) END";

  private static final String BARE = "e.id, e.k, e.la, e.exp, e.crc, e.m";

  /**
   * Whether the index of keys knows the row under its number. A damaged index may have lost a row;
   * its key was then written anew, and the old row must not come back by another way.
   */
  private static final String KNOWN =
      ", (SELECT u.id FROM e AS u INDEXED BY e_key WHERE u.ns = e.ns AND u.k = e.k) AS known";

  static final String READ = "SELECT " + ALL + " FROM e WHERE ns = ? AND k = ?";
  static final String READ_BARE = "SELECT " + BARE + " FROM e WHERE ns = ? AND k = ?";
  static final String WHICH = "SELECT id FROM e WHERE ns = ? AND k = ?";
  static final String COLDEST =
      "SELECT " + BARE + KNOWN + " FROM e INDEXED BY e_la WHERE ns = ? ORDER BY la, k";
  static final String FIRST =
      "SELECT " + ALL + KNOWN + " FROM e INDEXED BY e_la WHERE ns = ? ORDER BY la, k";
  static final String AFTER =
      "SELECT "
          + ALL
          + KNOWN
          + " FROM e INDEXED BY e_la WHERE ns = ? AND (la, k) > (?, ?) ORDER BY la, k";
  static final String EXPIRED =
      "SELECT "
          + BARE
          + KNOWN
          + " FROM e INDEXED BY e_exp WHERE ns = ? AND exp <> 0 AND exp <= ? ORDER BY exp";

  /** By number, and not by an index that would have to be sorted for each page. */
  static final String BELOW =
      "SELECT "
          + ALL
          + KNOWN
          + " FROM e NOT INDEXED WHERE id >= ? AND id < ? AND ns = ? ORDER BY id DESC";

  static final String LATEST =
      "SELECT k FROM e INDEXED BY e_la WHERE ns = ? ORDER BY la DESC, k DESC LIMIT ?";
  static final String COUNT = "SELECT m FROM e NOT INDEXED WHERE id >= ? AND id < ? AND ns = ?";

  static final String WRITE =
      "INSERT INTO e(id, la, exp, crc, m, v, ns, k) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
          + " ON CONFLICT(id) DO UPDATE SET la = ?2, exp = ?3, crc = ?4, m = ?5, v = ?6";
  static final String OVERWRITE =
      "UPDATE e SET la = ?2, exp = ?3, crc = ?4, m = ?5, v = ?6 WHERE id = ?1 AND ns = ?7 AND k = ?8";
  static final String WRITE_LARGE = "INSERT OR REPLACE INTO val(id, v) VALUES(?, ?)";
  static final String REMOVE = "DELETE FROM e WHERE id = ?";
  static final String REMOVE_LARGE = "DELETE FROM val WHERE id = ?";
  static final String REMOVE_DAMAGED = "DELETE FROM e WHERE id = ? AND crc = ?";
  static final String TOUCH =
      "UPDATE e SET la = ?, exp = ?, crc = (crc & 4294967295) | ? WHERE id = ? AND m = ?";

  static final String HOT = "SELECT k FROM hot WHERE ns = ? ORDER BY pos LIMIT ?";
  static final String HOT_ADD = "INSERT INTO hot(ns, pos, k) VALUES(?, ?, ?)";
  static final String HOT_CLEAR = "DELETE FROM hot WHERE ns = ?";

  static final String NAMES = "SELECT name FROM ns WHERE name IS NOT NULL ORDER BY name";
  static final String SPACES = "SELECT id FROM ns ORDER BY id";
  static final String SPACE =
      "SELECT id, commits, seq, entries, weight, bytes, large, crc FROM ns WHERE name = ?";
  static final String SPACE_ADD =
      "INSERT INTO ns(id, name, commits, seq, entries, weight, bytes, large, crc)"
          + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
  static final String SPACE_SET =
      "UPDATE ns SET commits = ?, seq = ?, entries = ?, weight = ?, bytes = ?, large = ?, crc = ?"
          + " WHERE id = ?";
  static final String SPACE_DROP = "UPDATE ns SET name = NULL, commits = ? WHERE id = ?";

  /** The name alone can go at once; the rows of the number go by and by. */
  static final String DROPPED = "SELECT id FROM ns WHERE name IS NULL LIMIT 1";

  static final String PURGE =
      "DELETE FROM e WHERE id IN (SELECT id FROM e WHERE id >= ? AND id < ? LIMIT ?)";
  static final String PURGE_LARGE =
      "DELETE FROM val WHERE id IN (SELECT id FROM val WHERE id >= ? AND id < ? LIMIT ?)";
  static final String MANY_DROPPED = "SELECT count(*) FROM ns WHERE name IS NULL";

  /** Whether any row has a number in these bounds. */
  static final String ANY =
      "SELECT 1 WHERE EXISTS (SELECT 1 FROM e WHERE id >= ?1 AND id < ?2)"
          + " OR EXISTS (SELECT 1 FROM val WHERE id >= ?1 AND id < ?2)";

  static final String PURGED = "DELETE FROM ns WHERE id = ? AND name IS NULL";

  static final String FILE = "SELECT format, ident, commits FROM file";
  static final String FILE_ADD = "INSERT INTO file(id, format, ident, commits) VALUES(1, ?, ?, 0)";
  static final String FILE_SET = "UPDATE file SET commits = ?";
  static final String COMMITS =
      "SELECT max((SELECT max(commits) FROM file), coalesce((SELECT max(commits) FROM ns), 0))";

  private Sql() {}
}
