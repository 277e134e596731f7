package dev.larder.testkit.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.testkit.Actor;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskFaultsTest {
  private final List<String> reached = new CopyOnWriteArrayList<>();
  private final DiskFaults faults = new DiskFaults();
  private final DataSource source = faults.over(fake(DataSource.class));

  /** Answers every call with another fake or nothing, and notes the calls that reach it. */
  private <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            DiskFaultsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              reached.add(method.getName());
              var answer = method.getReturnType();
              if (answer == Connection.class
                  || answer == Statement.class
                  || answer == PreparedStatement.class) {
                return fake(answer);
              }
              return answer == boolean.class ? (Object) false : answer == int.class ? 0 : null;
            }));
  }

  @Test
  void nothingGoesWrongUntoldAndEveryStepIsCounted() throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var prepared = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      assertSame(connection, statement.getConnection());
      statement.execute("BEGIN IMMEDIATE");
      prepared.executeUpdate();
      statement.executeQuery("SELECT 1");
      connection.commit();
      statement.execute("pragma wal_checkpoint(TRUNCATE)");
    }
    faults.pass(DiskStep.FORCE);
    for (var step : DiskStep.values()) {
      assertEquals(1, faults.passed(step), step::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "select 1,READ",
    "WITH a AS (SELECT 1) SELECT * FROM a,READ",
    "COMMIT,COMMIT",
    "end;,COMMIT",
    "BEGIN,",
    "ROLLBACK,",
    "PRAGMA user_version,",
    "PRAGMA wal_checkpoint(PASSIVE),CHECKPOINT",
    "INSERT INTO t VALUES (1),WRITE",
    "CREATE TABLE t(a),WRITE",
    "'',"
  })
  void stepsAreToldByTheFirstWords(String sql, DiskStep step) {
    assertEquals(step, DiskStep.of(sql));
  }

  @Test
  void aStepFailsAsOftenAsToldAndThenPasses() throws SQLException {
    faults.fail(DiskStep.COMMIT, 2, DiskFaults::full);
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      var first = assertThrows(SQLException.class, connection::commit);
      var second = assertThrows(SQLException.class, () -> statement.execute("COMMIT"));
      assertEquals(13, first.getErrorCode());
      assertEquals("[SQLITE_FULL] database or disk is full (injected)", second.getMessage());
      assertFalse(reached.contains("commit"), "the driver must not see a commit that fails");
      connection.commit();
      assertTrue(reached.contains("commit"));
    }
  }

  @Test
  void whoComesToAHeldStepWaitsUntilItIsReleasedWhileOtherStepsPass() throws Exception {
    faults.hold(DiskStep.COMMIT);
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      var committer = Actor.run("committer", any -> connection.commit());
      faults.awaitHeld(DiskStep.COMMIT, 1);
      statement.executeQuery("SELECT 1");
      assertFalse(committer.done());
      assertFalse(reached.contains("commit"));
      faults.release(DiskStep.COMMIT);
      committer.result();
      assertTrue(reached.contains("commit"));
    }
  }

  @Test
  void calmLetsEverythingPass() throws SQLException {
    faults.hold(DiskStep.READ).fail(DiskStep.OPEN, DiskFaults::broken);
    assertThrows(SQLException.class, source::getConnection);
    faults.calm();
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.executeQuery("SELECT 1");
    }
    assertEquals(1, faults.passed(DiskStep.READ));
  }

  @Test
  void aFailureOfTheDriverArrivesAsItIs() {
    var thrown = new SQLException("of the driver");
    var broken =
        (DataSource)
            Proxy.newProxyInstance(
                DiskFaultsTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                  throw thrown;
                });
    assertSame(thrown, assertThrows(SQLException.class, () -> faults.over(broken).getConnection()));
  }
}
