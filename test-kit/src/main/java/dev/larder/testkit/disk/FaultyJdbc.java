package dev.larder.testkit.disk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The layer over JDBC: proxies of sources, connections and statements that pass the steps of a disk
 * before they hand a call on. Results are the driver's own: a query counts when it starts.
 */
final class FaultyJdbc {
  private final DiskFaults faults;

  FaultyJdbc(DiskFaults faults) {
    this.faults = faults;
  }

  DataSource over(DataSource source) {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          if (!method.getName().equals("getConnection")) {
            return call(source, method, arguments);
          }
          faults.pass(DiskStep.OPEN);
          return over((Connection) call(source, method, arguments));
        });
  }

  Connection over(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (method.getName().equals("commit")) {
            faults.pass(DiskStep.COMMIT);
          }
          var answer = call(connection, method, arguments);
          return answer instanceof Statement statement
              ? over(statement, (Connection) self, sql(arguments))
              : answer;
        });
  }

  /** With the SQL it was prepared from, or null. */
  private Statement over(Statement statement, Connection from, @Nullable String prepared) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            return from;
          }
          if (method.getName().startsWith("execute")) {
            passFor(arguments == null ? prepared : sql(arguments));
          }
          return call(statement, method, arguments);
        };
    if (statement instanceof CallableStatement) {
      return proxy(CallableStatement.class, handler);
    }
    return statement instanceof PreparedStatement
        ? proxy(PreparedStatement.class, handler)
        : proxy(Statement.class, handler);
  }

  /** A batch of plain statements has no SQL to tell it by: it changes something. */
  private void passFor(@Nullable String sql) throws SQLException {
    var step = sql == null ? DiskStep.WRITE : DiskStep.of(sql);
    if (step != null) {
      faults.pass(step);
    }
  }

  private static @Nullable String sql(@Nullable Object @Nullable [] arguments) {
    return arguments != null && arguments.length > 0 && arguments[0] instanceof String text
        ? text
        : null;
  }

  @SuppressWarnings("NullAway") // null stands for no arguments, as the proxy gives it
  private static Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(FaultyJdbc.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
