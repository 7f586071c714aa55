package io.hakmem.benchmarks.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instructions from a method's entry to its return when nothing is out of the ordinary.
 *
 * <p>Which way that is: the way to {@code ret} without a call, and where a branch has two such
 * ways, straight on, since C2 puts the likely block there. Branches to calls ({@code allocateSlow},
 * {@code freeSlow}, {@code freeOther}, uncommon traps) are counted, what lies behind them is not.
 * Every compiled method also has the four things that are not counted: the check of the stack's
 * end, the frame, the entry barrier and the safepoint poll at the return.
 *
 * @param counted without what every method has
 */
record FastPath(List<Instruction> counted) {

  private static final String ENTRY_BARRIER = "method_entry_barrier";
  private static final String RETURN_POLL = "poll_return";

  /** The path, or null if every way to the return makes a call. */
  static @Nullable FastPath of(MachineCode code) {
    List<Instruction> path = new ArrayList<>();
    if (!walk(code, code.entry(), path, new HashSet<>())) {
      return null;
    }
    List<Instruction> counted = new ArrayList<>(path);
    for (int i = 1; i < path.size(); i++) {
      Instruction test = path.get(i - 1);
      Instruction branch = path.get(i);
      boolean barrier = branch.isBranch() && code.note(branch.target()).contains(ENTRY_BARRIER);
      boolean poll = branch.isBranch() && code.note(test.address()).contains(RETURN_POLL);
      if (barrier || poll) {
        counted.remove(test);
        counted.remove(branch);
      }
    }
    return new FastPath(List.copyOf(counted));
  }

  /** Adds the way from an address on; leaves the list alone if it does not lead to the return. */
  private static boolean walk(MachineCode code, long from, List<Instruction> path, Set<Long> seen) {
    int start = path.size();
    Instruction at = code.instructions().get(from);
    while (at != null && seen.add(at.address()) && !at.isCall()) {
      path.add(at);
      if (at.isReturn()) {
        return true;
      }
      if (at.isBranch()) {
        if (walk(code, at.next(), path, seen) || walk(code, at.target(), path, seen)) {
          return true;
        }
        break;
      }
      at = code.instructions().get(at.isJump() ? at.target() : at.next());
    }
    path.subList(start, path.size()).clear();
    return false;
  }

  long loads() {
    return counted.stream().filter(Instruction::isLoad).count();
  }

  long stores() {
    return counted.stream().filter(Instruction::isStore).count();
  }

  long branches() {
    return counted.stream().filter(Instruction::isBranch).count();
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            "%d loads, %d stores, %d conditional branches"
                .formatted(loads(), stores(), branches()));
    for (Instruction one : counted) {
      text.append("\n  ").append(one.mnemonic()).append(' ').append(one.operands());
    }
    return text.toString();
  }
}
