package io.hakmem.benchmarks.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What C2 made of a method, as {@code -XX:CompileCommand=print} writes it where no disassembler is:
 * bytes in hexadecimal and notes on some addresses.
 *
 * @param entry where callers enter that know the receiver's class
 * @param notes by address, rounded down to a multiple of 4, as the JVM prints them
 */
record MachineCode(
    long entry, NavigableMap<Long, Instruction> instructions, Map<Long, String> notes) {

  private static final Pattern BYTES = Pattern.compile("^  0x([0-9a-f]+): ([0-9a-f][0-9a-f |]*)$");
  private static final Pattern NOTE = Pattern.compile("^  0x([0-9a-f]+): ; +\\{(.*)\\}.*$");
  private static final Pattern DISASSEMBLED =
      Pattern.compile("^ +([0-9a-f]+):\\s+(?:data16 |rex\\S* )*(\\S+) *([^<#]*?) *(?:[<#].*)?$");
  private static final String VERIFIED_ENTRY = "[Verified Entry Point]";

  /**
   * The last code that C2 printed for a method, for example {@code io.hakmem.ThreadCache::free};
   * has no instructions if there is none.
   */
  static MachineCode of(String output, String method) throws IOException, InterruptedException {
    String section = "";
    Pattern form =
        Pattern.compile(
            "Compiled method \\(c2\\)[^\\n]* " + method + " .*?\\[/MachCode\\]", Pattern.DOTALL);
    for (Matcher matcher = form.matcher(output); matcher.find(); ) {
      section = matcher.group();
    }
    NavigableMap<Long, byte[]> bytes = new TreeMap<>();
    Map<Long, String> notes = new HashMap<>();
    long entry = -1;
    boolean entered = false;
    for (String line : section.lines().toList()) {
      Matcher hex = BYTES.matcher(line);
      Matcher note = NOTE.matcher(line);
      if (hex.matches()) {
        long address = Long.parseLong(hex.group(1), 16);
        entry = entered && entry < 0 ? address : entry;
        bytes.put(address, HexFormat.of().parseHex(hex.group(2).replaceAll("[ |]", "")));
      } else if (note.matches()) {
        notes.merge(Long.parseLong(note.group(1), 16), note.group(2), (a, b) -> a + " " + b);
      }
      entered |= line.startsWith(VERIFIED_ENTRY);
    }
    return new MachineCode(entry, disassemble(bytes), notes);
  }

  boolean isEmpty() {
    return instructions.isEmpty();
  }

  String note(long address) {
    return notes.getOrDefault(address & -4, "");
  }

  private static NavigableMap<Long, Instruction> disassemble(NavigableMap<Long, byte[]> bytes)
      throws IOException, InterruptedException {
    NavigableMap<Long, Instruction> instructions = new TreeMap<>();
    if (bytes.isEmpty()) {
      return instructions;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    bytes.values().forEach(all::writeBytes);
    Path file = Files.createTempFile("hakmem-code", ".bin");
    try {
      Files.write(file, all.toByteArray());
      List<Matcher> lines = objdump(file, bytes.firstKey());
      for (int i = 0; i < lines.size(); i++) {
        long address = Long.parseLong(lines.get(i).group(1), 16);
        long next =
            i + 1 < lines.size() ? Long.parseLong(lines.get(i + 1).group(1), 16) : address + 1;
        instructions.put(
            address, new Instruction(address, lines.get(i).group(2), lines.get(i).group(3), next));
      }
      return instructions;
    } finally {
      Files.delete(file);
    }
  }

  private static List<Matcher> objdump(Path file, long start)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("objdump", "-D", "-b", "binary"));
    command.addAll(List.of("-mi386:x86-64", "--no-show-raw-insn", "--adjust-vma=" + start));
    command.add(file.toString());
    List<Matcher> found = new ArrayList<>();
    for (String line : Child.run(command).lines().toList()) {
      Matcher matcher = DISASSEMBLED.matcher(line);
      if (matcher.matches()) {
        found.add(matcher);
      }
    }
    return found;
  }
}
