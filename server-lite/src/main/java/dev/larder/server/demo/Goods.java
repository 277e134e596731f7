package dev.larder.server.demo;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What a row of the shop holds, made up from its number: a name, a price, a stock and a description
 * of 900 to 1,800 characters, about what a product page has.
 */
record Goods(int category, String name, int cents, int stock, String description) {
  static final List<String> CATEGORIES =
      List.of(
          "Bread",
          "Cheese",
          "Fruit",
          "Vegetables",
          "Tea",
          "Coffee",
          "Spices",
          "Oil and vinegar",
          "Preserves",
          "Grains",
          "Pulses",
          "Pasta",
          "Sweets",
          "Nuts",
          "Wine",
          "Kitchenware");

  private static final List<String> WORDS =
      List.of(
          "smoked",
          "ripe",
          "dark",
          "mild",
          "harvest",
          "valley",
          "mountain",
          "hand",
          "picked",
          "stone",
          "ground",
          "slow",
          "roasted",
          "fresh",
          "from",
          "with",
          "and",
          "for",
          "the",
          "kitchen",
          "pantry",
          "jar",
          "keeps",
          "cool",
          "dry",
          "after",
          "opening",
          "within",
          "weeks",
          "best",
          "served",
          "warm",
          "family",
          "farm",
          "autumn",
          "sea",
          "salt",
          "honey",
          "walnut");

  /** The goods of that number, the same in every run. */
  static Goods of(int number) {
    var random = new SplittableRandom(0x6c617264L + number);
    var category = random.nextInt(CATEGORIES.size());
    return new Goods(
        category,
        text(random, 24) + " no. " + number,
        random.nextInt(50, 20_000),
        random.nextInt(500),
        text(random, random.nextInt(900, 1_800)));
  }

  private static String text(SplittableRandom random, int length) {
    var text = new StringBuilder(length + 16);
    while (text.length() < length) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return text.toString().strip();
  }
}
