package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.agent.app.DoubleFree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options from everywhere, in JVMs with the built agent, also as part of an application's jar. */
class OptionSourcesIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "push=guarded, direct, direct, caught",
    "push=direct, guarded, guarded, unnoticed",
    "'', guarded, direct, caught",
    "'', , guarded, caught",
    "enabled=false, guarded, guarded, unnoticed"
  })
  void argumentsThenPropertiesThenEnvironment(
      String arguments, @Nullable String property, @Nullable String variable, String outcome)
      throws Exception {
    List<String> flags = new ArrayList<>(List.of(ChildJvm.agent(arguments)));
    if (property != null) {
      flags.add("-Dhakmem.push=" + property);
    }
    ChildJvm.Result result = doubleFree(flags, variable);
    assertTrue(result.out().startsWith(outcome), result.out());
    assertEquals("", result.err());
    assertEquals(0, result.exit());
  }

  @Test
  void verboseSaysWhoSetWhat() throws Exception {
    ChildJvm.Result result =
        doubleFree(List.of(ChildJvm.agent(""), "-Dhakmem.verbose=true"), "guarded");
    assertEquals(
        "hakmem-agent: options push=guarded (environment), verbose=true (property),"
            + " enabled=true (default), onInvalid=throw (default)",
        result.errLines().get(0));
  }

  @Test
  void aBadValueOfTheEnvironmentIsOneLineAndTheApplicationRuns() throws Exception {
    ChildJvm.Result result = doubleFree(List.of(ChildJvm.agent("")), "fast");
    assertTrue(result.out().startsWith("unnoticed"), result.out());
    assertEquals(0, result.exit());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(
        result
            .err()
            .startsWith(
                "hakmem-agent: 'fast' is no value of environment variable HAKMEM_PUSH; valid: "),
        result.err());
  }

  /** {@code java -jar} with the agent inside of the application's jar, and no -javaagent. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theAgentCanBePartOfTheApplication(boolean retransforms) throws Exception {
    Path jar = application(retransforms);
    ChildJvm.Result result =
        ChildJvm.run(
            ChildJvm.java(
                "-Dhakmem.push=guarded", "-Dhakmem.verbose=true", "-jar", jar.toString()));
    assertTrue(result.out().startsWith("caught"), result.out());
    assertEquals(3, result.errLines().size(), result.err());
    assertTrue(result.errLines().get(2).endsWith("a probe has proven it"), result.err());
    assertEquals(0, result.exit());
  }

  @Test
  void anApplicationWithTheAgentInsideRunsWhenNobodyNamesThePath() throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(ChildJvm.java("-jar", application(true).toString()), Map.of());
    assertTrue(result.out().startsWith("unnoticed"), result.out());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().contains("option 'push' is missing"), result.err());
    assertEquals(0, result.exit());
  }

  private Path application(boolean retransforms) throws Exception {
    return Jars.of(
        folder.resolve("application.jar"),
        Map.of(
            "Main-Class", DoubleFree.class.getName(),
            "Launcher-Agent-Class", HakmemAgent.class.getName(),
            "Can-Retransform-Classes", String.valueOf(retransforms)),
        ChildJvm.agentJar(),
        ChildJvm.allocatorJar(),
        applicationClasses());
  }

  /** One class of the tests' folder. */
  private Path applicationClasses() throws Exception {
    String name = DoubleFree.class.getName().replace('.', '/') + ".class";
    Path copy = folder.resolve("classes").resolve(name);
    Files.createDirectories(copy.getParent());
    Files.copy(ChildJvm.testClasses().resolve(name), copy);
    return folder.resolve("classes");
  }

  private static ChildJvm.Result doubleFree(List<String> flags, @Nullable String variable)
      throws Exception {
    List<String> command = ChildJvm.java(flags.toArray(new String[0]));
    command.add("-cp");
    command.add(ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.testClasses()));
    command.add(DoubleFree.class.getName());
    return ChildJvm.run(command, variable == null ? Map.of() : Map.of("HAKMEM_PUSH", variable));
  }
}
