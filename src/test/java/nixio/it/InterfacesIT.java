package nixio.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** getifaddrs, against what the kernel and the engine say. */
@Containers
class InterfacesIT {
  private final Lab lab;

  InterfacesIT(Lab lab) {
    this.lab = lab;
  }

  @Test
  void everyAddressWithItsInterface() {
    for (Host host : List.of(lab.alpha(), lab.beta())) {
      List<String> rows = host.peer().tell("interfaces");
      for (Link link : List.of(host.on(lab.east()), host.on(lab.west()))) {
        String where = link.name() + " " + link.index() + " ";
        for (Family family : Family.values()) {
          String row = where + link.to(link, family);
          assertTrue(rows.contains(row), row + " in " + rows);
        }
      }
    }
  }
}
