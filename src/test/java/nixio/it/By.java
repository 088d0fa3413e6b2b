package nixio.it;

import java.util.function.Function;

/** How scopes and options name an interface. */
enum By {
  NAME(Link::name),
  INDEX(Link::index),
  /** IPv4's alone. */
  ADDRESS(Link::ipv4);

  private final Function<Link, Object> form;

  By(Function<Link, Object> form) {
    this.form = form;
  }

  Object of(Link link) {
    return form.apply(link);
  }
}
