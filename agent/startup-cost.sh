#!/usr/bin/env bash
# What does the agent add to the start of a JVM? Runs two tiny programs, one that uses the allocator
# and one that does not, without and with the agent in turn, and prints the medians of what it added.
# Fails if the median of added wall time is above the bar.
# usage: startup-cost.sh [-n pairs] [-b bar in ms] [agent options]      environment: JAVA_HOME
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
pairs=10
bar=250
while getopts n:b: option; do
  case $option in
    n) pairs=$OPTARG ;;
    b) bar=$OPTARG ;;
    *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))
options=${1:-push=guarded}
java=$("$root/hakmem" --java-home)/bin/java
allocator=$root/allocator/target/hakmem-allocator.jar
agent=$here/target/hakmem-agent.jar
for jar in "$allocator" "$agent"; do
  [ -f "$jar" ] || { echo "missing $jar: build with mvn -B package first" >&2; exit 3; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/Uses.java" <<'JAVA'
public class Uses {
  public static void main(String[] arguments) {
    io.hakmem.Hakmem.free(io.hakmem.Hakmem.allocate(100));
  }
}
JAVA
cat >"$work/Idle.java" <<'JAVA'
public class Idle {
  public static void main(String[] arguments) {}
}
JAVA
"${java}c" -cp "$allocator" -d "$work" "$work/Uses.java" "$work/Idle.java"

TIMEFORMAT='%R %U %S'
measure() { # label and program, flags of the JVM
  local label=$1 program=$2 figures
  shift 2
  figures=$({ time "$java" --enable-native-access=ALL-UNNAMED "$@" -cp "$work:$allocator" "$program" \
    >"$work/out" 2>"$work/err"; } 2>&1) || { cat "$work/err" >&2; exit 1; }
  [ ! -s "$work/err" ] || { cat "$work/err" >&2; exit 1; }
  echo "$program $label $figures" >>"$work/figures"
}

for program in Idle Uses; do
  # The first run of each reads files from the disk: it does not count.
  measure warm-up "$program"
  measure warm-up "$program" "-javaagent:$agent=$options"
  for ((pair = 1; pair <= pairs; pair++)); do
    if ((pair % 2)); then
      measure without "$program"
      measure with "$program" "-javaagent:$agent=$options"
    else
      measure with "$program" "-javaagent:$agent=$options"
      measure without "$program"
    fi
  done
done

awk -v bar="$bar" '
  function sorted(values, n,   i, j, t) {
    for (i = 2; i <= n; i++) for (j = i; j > 1 && values[j - 1] > values[j]; j--) {
      t = values[j]; values[j] = values[j - 1]; values[j - 1] = t
    }
  }
  function median(values, n) {
    sorted(values, n)
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
  }
  function report(program, name, figures,   i, without, with, added, middle) {
    for (i = 1; i <= n[program, "without"]; i++) {
      without[i] = figures[program, "without", i]
      with[i] = figures[program, "with", i]
      added[i] = with[i] - without[i]
    }
    i--
    middle = median(added, i)
    printf "%-22s %-5s %9.0f %9.0f %9.0f   (%.0f to %.0f)\n", label[program], name, median(without, i),
      median(with, i), middle, added[1], added[i]
    return middle
  }
  $2 != "warm-up" {
    k = ++n[$1, $2]
    wall[$1, $2, k] = $3 * 1000
    cpu[$1, $2, k] = ($4 + $5) * 1000
  }
  END {
    label["Idle"] = "without the allocator"; label["Uses"] = "with the allocator"
    printf "%-22s %-5s %9s %9s %9s\n", "program", "ms", "no agent", "agent", "added: median of pairs (min to max)"
    split("Idle Uses", programs, " ")
    for (p = 1; p <= 2; p++) {
      added = report(programs[p], "wall", wall)
      if (added > bar) missed = 1
      report(programs[p], "cpu", cpu)
    }
    printf "bar: at most %d ms wall added: %s\n", bar, missed ? "missed" : "held"
    exit missed
  }' "$work/figures"
