package nixio;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.primitives.UnsignedInts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import nixio.posix.Constants;

/**
 * A program that the kernel runs on each packet, to keep it or not: a classic BPF filter; see
 * {@link Option#SO_ATTACH_FILTER}. tcpdump compiles one:
 *
 * <pre>tcpdump -i eth0 -ddd 'udp port 53'</pre>
 *
 * <p>Compile it for what the socket receives: with the hardware's header on packet sockets of the
 * type raw, without it on others. What the program answers is how many bytes are kept, 0 for none.
 *
 * @param instructions at least one, at most 4096
 */
public record Filter(List<Instruction> instructions) {
  /**
   * A struct sock_filter.
   *
   * @param code what is done, 16 bits
   * @param whenTrue how many instructions to skip if a comparison holds, 8 bits
   * @param whenFalse how many to skip if it doesn't
   * @param operand 32 bits
   */
  public record Instruction(int code, int whenTrue, int whenFalse, int operand) {
    /** Checks the ranges. */
    public Instruction {
      if (code >>> 16 != 0 || whenTrue >>> 8 != 0 || whenFalse >>> 8 != 0) {
        throw new IllegalArgumentException(
            code + " " + whenTrue + " " + whenFalse + " are not of 16, 8 and 8 bits");
      }
    }

    private static Instruction parse(String line) {
      List<String> words =
          Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().splitToList(line);
      if (words.size() != 4) {
        throw new IllegalArgumentException("\"" + line + "\" is not four numbers");
      }
      return new Instruction(
          Integer.parseInt(words.get(0)),
          Integer.parseInt(words.get(1)),
          Integer.parseInt(words.get(2)),
          UnsignedInts.parseUnsignedInt(words.get(3)));
    }

    @Override
    public String toString() {
      return code + " " + whenTrue + " " + whenFalse + " " + Integer.toUnsignedString(operand);
    }
  }

  /** Checks that there are instructions, and not too many. The kernel checks the rest. */
  public Filter {
    instructions = List.copyOf(instructions);
    if (instructions.isEmpty() || instructions.size() > Constants.BPF_MAXINSNS) {
      throw new IllegalArgumentException(
          instructions.size() + " instructions are not in 1.." + Constants.BPF_MAXINSNS);
    }
  }

  /**
   * The program that {@code tcpdump -ddd} writes: how many instructions there are, then each on a
   * line of its own, or behind a comma.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Filter parse(String text) {
    List<String> lines =
        Splitter.on(CharMatcher.anyOf("\n,"))
            .trimResults()
            .omitEmptyStrings()
            .splitToList(Objects.requireNonNull(text, "text"));
    try {
      int count = lines.isEmpty() ? 0 : Integer.parseInt(lines.getFirst());
      if (count != lines.size() - 1) {
        throw new IllegalArgumentException(
            "it has " + Math.max(0, lines.size() - 1) + " instructions, and says " + count);
      }
      List<Instruction> instructions = new ArrayList<>();
      lines
          .subList(Math.min(1, lines.size()), lines.size())
          .forEach(line -> instructions.add(Instruction.parse(line)));
      return new Filter(instructions);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a program as tcpdump -ddd writes it: " + e.getMessage(), e);
    }
  }

  /** What {@link #parse} takes. */
  @Override
  public String toString() {
    return instructions.stream()
        .map(Instruction::toString)
        .collect(Collectors.joining("\n", instructions.size() + "\n", "\n"));
  }
}
