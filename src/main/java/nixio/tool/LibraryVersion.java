package nixio.tool;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest tells; classes in a directory have none. */
final class LibraryVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "nixio " + Objects.requireNonNullElse(version, "(not from a jar)"),
      "Java " + Runtime.version() + ", " + System.getProperty("os.arch")
    };
  }
}
