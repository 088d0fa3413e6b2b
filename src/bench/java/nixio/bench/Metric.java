package nixio.bench;

/**
 * What is compared.
 *
 * @param key its name among the measures
 * @param text what it is
 * @param unit of the value that the programs tell
 * @param isRatio whether its ratio says something; a number of bytes that may be 0 speaks for
 *     itself
 */
public record Metric(String key, String text, String unit, boolean isRatio) {
  public Metric(String key, String text, String unit) {
    this(key, text, unit, true);
  }
}
