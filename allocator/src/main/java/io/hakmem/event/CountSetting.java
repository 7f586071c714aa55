package io.hakmem.event;

import java.util.Set;
import jdk.jfr.SettingControl;

/**
 * A JFR setting that is a number of operations, 1 or more.
 *
 * <p>Of several recordings the one that asks for the smallest number wins, as with JFR's own
 * periods. A setting that is no positive number counts as the default: JFR has no way to refuse it.
 */
abstract class CountSetting extends SettingControl {

  private final int fallback;
  private String value;

  CountSetting(int fallback) {
    this.fallback = fallback;
    value = String.valueOf(fallback);
  }

  /** Makes a number the one in force. */
  abstract void changed(int count);

  @Override
  public final String combine(Set<String> settings) {
    return String.valueOf(settings.stream().mapToInt(this::parse).min().orElse(fallback));
  }

  @Override
  public final void setValue(String setting) {
    value = setting;
    changed(parse(setting));
  }

  @Override
  public final String getValue() {
    return value;
  }

  private int parse(String setting) {
    try {
      int parsed = Integer.parseInt(setting.strip());
      return parsed > 0 ? parsed : fallback;
    } catch (NumberFormatException e) {
      return fallback;
    }
  }
}
