package nixio.bench;

/**
 * What is compared.
 *
 * @param key its name among the measures
 * @param text what it is
 * @param unit of the value that the programs tell
 */
public record Metric(String key, String text, String unit) {}
