package dev.larder.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopTest {
  @Test
  void findsWhatWasPutInAndCountsTheQueries() throws Exception {
    try (var shop = Shop.open(20, done -> {})) {
      var goods = Goods.of(13);
      var expected =
          new Product(
              13,
              goods.name(),
              Goods.CATEGORIES.get(goods.category()),
              goods.cents(),
              goods.stock(),
              goods.description());
      assertEquals(expected, shop.find(13));
      assertEquals(expected, shop.find(13));
      assertEquals(2, shop.queries());
    }
  }

  @Test
  void rowThatIsNotThereIsAnErrorThatNamesIt() throws Exception {
    try (var shop = Shop.open(3, done -> {})) {
      var failure = assertThrows(SQLException.class, () -> shop.find(3));
      assertEquals("no product 3 among 3", failure.getMessage());
    }
  }

  @Test
  void filesAreGoneAfterCloseAndClosingAgainDoesNothing() throws Exception {
    var shop = Shop.open(3, done -> {});
    assertTrue(Files.exists(shop.folder().resolve("shop.mv.db")));
    shop.close();
    shop.close();
    assertTrue(Files.notExists(shop.folder()));
  }

  @Test
  void fillingReportsEveryBatchAndTheEnd() throws Exception {
    var reports = new ArrayList<Integer>();
    Shop.open(1_100, reports::add).close();
    assertEquals(List.of(500, 1_000, 1_100), reports);
  }

  @Test
  void rowsHaveTheSizeOfAProductPage() {
    for (var number = 0; number < 1_000; number++) {
      var length = Goods.of(number).description().length();
      assertTrue(length >= 890 && length <= 1_830, "number " + number + ": " + length);
    }
  }

  @Test
  void rowsDifferAndAreTheSameInEveryRun() {
    assertEquals(Goods.of(5), Goods.of(5));
    assertEquals(false, Goods.of(5).description().equals(Goods.of(6).description()));
  }
}
