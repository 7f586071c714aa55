package io.hakmem.analysis.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"hakmem " + Objects.requireNonNullElse(version, "(not packaged)")};
  }
}
