package dev.larder.benchmarks.simulator;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of hit ratio by size, one for each trace, in one picture. */
final class Charts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final int COLUMNS = 3;
  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
  };

  private Charts() {}

  /** The picture. Needs fonts, but no display. */
  static BufferedImage draw(Results results) {
    var traces = results.traces();
    int columns = Math.min(COLUMNS, traces.size());
    int rows = (traces.size() + columns - 1) / columns;
    var image = new BufferedImage(columns * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      for (int i = 0; i < traces.size(); i++) {
        var part = graphics.create(i % columns * WIDTH, i / columns * HEIGHT, WIDTH, HEIGHT);
        chart(results, traces.get(i)).paint((Graphics2D) part, WIDTH, HEIGHT);
        part.dispose();
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static XYChart chart(Results results, String trace) {
    var chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(trace)
            .xAxisTitle("capacity")
            .yAxisTitle("hit ratio, %")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setMarkerSize(7);
    chart.getStyler().setYAxisMin(0.0);
    var policies = results.policies();
    for (int i = 0; i < policies.size(); i++) {
      addSeries(chart, results, trace, policies.get(i), MARKERS[i % MARKERS.length]);
    }
    // A logarithmic axis needs two ends.
    boolean range = results.of(trace).stream().mapToLong(Outcome::capacity).distinct().count() > 1;
    chart.getStyler().setXAxisLogarithmic(range);
    return chart;
  }

  private static void addSeries(
      XYChart chart, Results results, String trace, String policy, Marker marker) {
    List<Double> capacities = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    results.of(trace).stream()
        .filter(outcome -> outcome.policy().equals(policy))
        .sorted(Comparator.comparingLong(Outcome::capacity))
        .forEach(
            outcome -> {
              capacities.add((double) outcome.capacity());
              ratios.add(100 * outcome.hitRatio());
            });
    if (!capacities.isEmpty()) {
      chart.addSeries(policy, capacities, ratios).setMarker(marker);
    }
  }
}
