package dev.larder.disk;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done with a session; may run twice, when the file is replaced in between. */
@FunctionalInterface
interface Work<R extends @Nullable Object> {
  R on(Session session) throws SQLException;
}
