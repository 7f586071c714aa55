package io.hakmem.benchmarks.code;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One x86-64 instruction as objdump writes it (AT&amp;T: the target stands last).
 *
 * @param next address of the instruction behind it
 */
record Instruction(long address, String mnemonic, String operands, long next) {

  private static final Pattern MEMORY = Pattern.compile("(-?0x[0-9a-f]+)?\\([^)]*\\)");
  private static final Pattern TARGET = Pattern.compile("(?:0x)?([0-9a-f]+)");

  /** A touch of the stack far below its end: the check for an overflow at a method's entry. */
  private static final int FARTHEST_SPILL = 4096;

  boolean isReturn() {
    return mnemonic.startsWith("ret");
  }

  boolean isCall() {
    return mnemonic.startsWith("call");
  }

  boolean isJump() {
    return mnemonic.equals("jmp");
  }

  boolean isBranch() {
    return mnemonic.startsWith("j") && !isJump();
  }

  /** Where a branch, jump or call goes; -1 where a register says so. */
  long target() {
    Matcher matcher = TARGET.matcher(operands);
    return matcher.matches() ? Long.parseLong(matcher.group(1), 16) : -1;
  }

  boolean isLoad() {
    return touchesMemory() && (!isLast() || !isMove()) && !isSet();
  }

  boolean isStore() {
    return touchesMemory() && isLast() && !mnemonic.startsWith("cmp") && !isTest();
  }

  /** Loads and stores of the program: not addresses that are only computed, nor the frame's. */
  private boolean touchesMemory() {
    if (mnemonic.startsWith("lea") || mnemonic.startsWith("nop") || isCall() || isBranch()) {
      return false;
    }
    Matcher matcher = MEMORY.matcher(operands);
    return matcher.find() && !isStackCheck(matcher) && !savesFramePointer();
  }

  private static boolean isStackCheck(Matcher memory) {
    String offset = memory.group(1);
    return memory.group().endsWith("(%rsp)")
        && offset != null
        && offset.startsWith("-")
        && Long.parseLong(offset.substring(3), 16) > FARTHEST_SPILL;
  }

  private boolean savesFramePointer() {
    return mnemonic.startsWith("mov") && operands.contains("%rbp") && operands.contains("(%rsp)");
  }

  private boolean isLast() {
    return operands.endsWith(")");
  }

  private boolean isMove() {
    return mnemonic.startsWith("mov") || mnemonic.startsWith("vmov");
  }

  private boolean isSet() {
    return mnemonic.startsWith("set");
  }

  private boolean isTest() {
    return mnemonic.startsWith("test");
  }
}
