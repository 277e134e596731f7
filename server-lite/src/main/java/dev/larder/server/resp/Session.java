package dev.larder.server.resp;

import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;

/** One connection: which database it works on, and whatever it said about itself. */
interface Session {

  /** The database in use. */
  Database database();

  /** All databases. */
  Databases databases();

  /** What clients may ask. */
  Limits limits();
}
