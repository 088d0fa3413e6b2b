package nixio.traces;

import java.util.List;

/**
 * The arguments of a call as Java's signatures see them: a value of another type, or one too many,
 * is a call that a Java program can't write.
 */
final class Arguments {

  /** No method of the library takes such arguments: the compiler refuses the call. */
  static final class NoSuchSignature extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NoSuchSignature(String message) {
      super(message);
    }
  }

  private final List<Object> values;

  Arguments(List<Object> values) {
    this.values = values;
  }

  int count() {
    return values.size();
  }

  /** The value, or null where there is none: Lua's nil stands for an argument left out. */
  Object get(int index) {
    return index < values.size() ? values.get(index) : null;
  }

  boolean has(int index) {
    return get(index) != null;
  }

  Arguments atMost(int count) {
    for (int i = count; i < values.size(); i++) {
      if (values.get(i) != null) {
        throw new NoSuchSignature("argument " + (i + 1) + " is one too many: " + values.get(i));
      }
    }
    return this;
  }

  String text(int index) {
    return typed(index, String.class);
  }

  String textOr(int index, String otherwise) {
    return has(index) ? text(index) : otherwise;
  }

  long whole(int index) {
    return typed(index, Long.class);
  }

  long wholeOr(int index, long otherwise) {
    return has(index) ? whole(index) : otherwise;
  }

  int number(int index) {
    long value = whole(index);
    if (value != (int) value) {
      throw new NoSuchSignature(value + " is no int");
    }
    return (int) value;
  }

  boolean truth(int index) {
    return typed(index, Boolean.class);
  }

  private <T> T typed(int index, Class<T> type) {
    Object value = get(index);
    if (!type.isInstance(value)) {
      throw new NoSuchSignature(
          "argument " + (index + 1) + " is no " + type.getSimpleName() + ": " + value);
    }
    return type.cast(value);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
