package nixio.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A plot of the first metric of comparisons: a bar for each ratio. */
final class Plot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;

  private Plot() {}

  static void write(Path file, List<Comparison> comparisons) throws IOException {
    Comparison any = comparisons.getFirst();
    Metric metric = any.metrics().getFirst();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("%s: %s, in relation to others".formatted(any.first(), metric.text()))
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setAvailableSpaceFill(0.8);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisDecimalPattern("0.0");
    chart.getStyler().setXAxisLabelRotation(comparisons.size() > 4 ? 20 : 0);
    List<String> titles = comparisons.stream().map(Comparison::title).toList();
    for (String technique : Report.techniques(comparisons)) {
      List<Double> ratios = new ArrayList<>();
      for (Comparison comparison : comparisons) {
        ratios.add(
            comparison.techniques().contains(technique)
                ? comparison.ratio(comparison.first(), technique, metric)
                : null);
      }
      chart.addSeries(technique, titles, ratios);
    }
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    String svg = Files.readString(file); // letters are drawn, with nine digits to each point
    Files.writeString(file, svg.replaceAll("(\\.\\d\\d)\\d+", "$1"));
  }
}
