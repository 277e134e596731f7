package dev.larder.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.IntConsumer;

/**
 * A shop's database: an H2 file in a temporary folder with products, categories and stock. The rows
 * are the same in every run. Deleted when closed, which may happen twice. For one thread.
 */
final class Shop implements AutoCloseable {
  private static final String SELECT =
      "select p.id, p.name, c.name, p.cents, s.stock, p.description from product p"
          + " join category c on c.id = p.category_id"
          + " join stock s on s.product_id = p.id where p.id = ?";
  private static final int BATCH = 500;

  private final Path folder;
  private final Connection connection;
  private final PreparedStatement select;
  private final int rows;
  private long queries;

  private Shop(Path folder, Connection connection, int rows) throws SQLException {
    this.folder = folder;
    this.connection = connection;
    this.select = connection.prepareStatement(SELECT);
    this.rows = rows;
  }

  /** Creates the database and fills it; {@code done} is told how many rows there are so far. */
  static Shop open(int rows, IntConsumer done) throws IOException, SQLException {
    var folder = Files.createTempDirectory("larder-demo");
    try {
      var connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("shop"));
      fill(connection, rows, done);
      return new Shop(folder, connection, rows);
    } catch (SQLException | RuntimeException e) {
      Folders.delete(folder);
      throw e;
    }
  }

  private static void fill(Connection connection, int rows, IntConsumer done) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("create table category(id int primary key, name varchar not null)");
      statement.execute(
          "create table product(id int primary key, category_id int not null references category,"
              + " name varchar not null, cents int not null, description varchar not null)");
      statement.execute(
          "create table stock(product_id int primary key references product, stock int not null)");
    }
    try (var category = connection.prepareStatement("insert into category values(?, ?)")) {
      for (var id = 0; id < Goods.CATEGORIES.size(); id++) {
        category.setInt(1, id);
        category.setString(2, Goods.CATEGORIES.get(id));
        category.executeUpdate();
      }
    }
    connection.setAutoCommit(false);
    fillProducts(connection, rows, done);
    connection.setAutoCommit(true);
  }

  private static void fillProducts(Connection connection, int rows, IntConsumer done)
      throws SQLException {
    try (var product = connection.prepareStatement("insert into product values(?, ?, ?, ?, ?)");
        var stock = connection.prepareStatement("insert into stock values(?, ?)")) {
      for (var id = 0; id < rows; id++) {
        var goods = Goods.of(id);
        product.setInt(1, id);
        product.setInt(2, goods.category());
        product.setString(3, goods.name());
        product.setInt(4, goods.cents());
        product.setString(5, goods.description());
        product.addBatch();
        stock.setInt(1, id);
        stock.setInt(2, goods.stock());
        stock.addBatch();
        if ((id + 1) % BATCH == 0 || id + 1 == rows) {
          product.executeBatch();
          stock.executeBatch();
          connection.commit();
          done.accept(id + 1);
        }
      }
    }
  }

  /** One query. */
  Product find(int id) throws SQLException {
    queries++;
    select.setInt(1, id);
    try (var row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("no product " + id + " among " + rows);
      }
      return new Product(
          row.getInt(1),
          row.getString(2),
          row.getString(3),
          row.getInt(4),
          row.getInt(5),
          row.getString(6));
    }
  }

  /** How many queries there were since it was opened. */
  long queries() {
    return queries;
  }

  /** Where its files are. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() throws SQLException, IOException {
    if (connection.isClosed()) {
      return;
    }
    try {
      connection.close();
    } finally {
      Folders.delete(folder);
    }
  }
}
