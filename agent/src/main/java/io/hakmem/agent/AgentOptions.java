package io.hakmem.agent;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was asked to do, and by whom: the agent's arguments go before system properties,
 * those before environment variables, those before the defaults.
 */
final class AgentOptions {

  /** Who set an option, the strongest first. */
  enum Source {
    ARGUMENTS("agent arguments"),
    EARLIER("earlier agent arguments"),
    PROPERTY("property"),
    ENVIRONMENT("environment"),
    DEFAULT("default");

    private final String label;

    Source(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** Options that make no sense; the message says what would. */
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidException(String problem) {
      super(problem + "; valid: " + AgentOption.valid());
    }
  }

  /** Where values come from: a name to a value or null. */
  @FunctionalInterface
  interface Lookup {
    @Nullable String get(String name);
  }

  private record Setting(String value, Source source) {}

  private final Map<AgentOption, Setting> settings = new EnumMap<>(AgentOption.class);

  private AgentOptions() {}

  /** Reads the text after the agent jar's {@code =}, this JVM's properties and its environment. */
  static AgentOptions read(@Nullable String arguments) throws InvalidException {
    // Not method references: those would load the machinery for them at every start.
    return read(
        arguments,
        new Lookup() {
          @Override
          public @Nullable String get(String name) {
            return System.getProperty(name);
          }
        },
        new Lookup() {
          @Override
          public @Nullable String get(String name) {
            return System.getenv(name);
          }
        });
  }

  /** Of a key that the arguments give twice the last one wins. */
  static AgentOptions read(@Nullable String arguments, Lookup properties, Lookup environment)
      throws InvalidException {
    AgentOptions options = new AgentOptions();
    options.readArguments(arguments == null ? "" : arguments.strip());
    for (AgentOption option : AgentOption.values()) {
      if (!options.settings.containsKey(option)) {
        options.readElsewhere(option, properties, environment);
      }
    }
    if (options.enabled() && options.push() == null) {
      AgentOption push = AgentOption.PUSH;
      throw new InvalidException(
          "option 'push' is missing, and neither property "
              + push.property()
              + " nor environment variable "
              + push.environment()
              + " is set");
    }
    return options;
  }

  private void readArguments(String arguments) throws InvalidException {
    if (arguments.isEmpty()) {
      return;
    }
    for (String argument : arguments.split(",", -1)) {
      int equals = argument.indexOf('=');
      String key = (equals < 0 ? argument : argument.substring(0, equals)).strip();
      AgentOption option = AgentOption.named(key);
      if (option == null) {
        throw new InvalidException("unknown option '" + key + "'");
      }
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      set(option, value, Source.ARGUMENTS, "option '" + key + "'");
    }
  }

  private void readElsewhere(AgentOption option, Lookup properties, Lookup environment)
      throws InvalidException {
    String property = present(properties.get(option.property()));
    String variable = present(environment.get(option.environment()));
    String fallback = option.fallback();
    if (property != null) {
      boolean earlier = option == AgentOption.ON_INVALID && MisusePolicy.isOurs(property);
      Source source = earlier ? Source.EARLIER : Source.PROPERTY;
      set(option, property, source, "property " + option.property());
    } else if (variable != null) {
      String where = "environment variable " + option.environment();
      set(option, variable, Source.ENVIRONMENT, where);
    } else if (fallback != null) {
      set(option, fallback, Source.DEFAULT, "default");
    }
  }

  /** As the allocator reads its options: empty is not set, capitals do not matter. */
  private static @Nullable String present(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip().toLowerCase(Locale.ROOT);
  }

  private void set(AgentOption option, String text, Source source, String where)
      throws InvalidException {
    String value = text.strip();
    if (!option.allows(value)) {
      throw new InvalidException("'" + value + "' is no value of " + where);
    }
    settings.put(option, new Setting(value, source));
  }

  private @Nullable String value(AgentOption option) {
    Setting setting = settings.get(option);
    return setting == null ? null : setting.value();
  }

  /** The path to put in place; null only where {@link #enabled} is false. */
  @Nullable PushPath push() {
    String name = value(AgentOption.PUSH);
    return name == null ? null : PushPath.named(name);
  }

  boolean enabled() {
    return Boolean.parseBoolean(value(AgentOption.ENABLED));
  }

  boolean verbose() {
    return Boolean.parseBoolean(value(AgentOption.VERBOSE));
  }

  /** The policy that the arguments ask for, null if they leave it to the allocator. */
  @Nullable String policy() {
    return isArgument(AgentOption.ON_INVALID) ? value(AgentOption.ON_INVALID) : null;
  }

  boolean isArgument(AgentOption option) {
    Setting setting = settings.get(option);
    return setting != null && setting.source() == Source.ARGUMENTS;
  }

  /** The options in the form in which they are given. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<AgentOption, Setting> entry : settings.entrySet()) {
      key(text, ",", entry.getKey()).append(entry.getValue().value());
    }
    return text.toString();
  }

  /** Who set each of them, in the same form. */
  String sources() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<AgentOption, Setting> entry : settings.entrySet()) {
      key(text, ",", entry.getKey()).append(entry.getValue().source().label());
    }
    return text.toString();
  }

  /** Each option, its value and who set it, in one line for people. */
  String described() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<AgentOption, Setting> entry : settings.entrySet()) {
      Setting setting = entry.getValue();
      key(text, ", ", entry.getKey()).append(setting.value());
      text.append(" (").append(setting.source().label()).append(')');
    }
    return text.toString();
  }

  private static StringBuilder key(StringBuilder text, String separator, AgentOption option) {
    return text.append(text.isEmpty() ? "" : separator).append(option.key()).append('=');
  }
}
