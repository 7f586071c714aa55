#!/usr/bin/env bash
# What does the event code cost while nobody records? Compares the allocator with a build whose
# emitters are empty, in interleaved rounds; then with recordings, if profiles are given. "all" stands
# for production, hotpath and trace. Bounds of the ratios: with-events 0.99, production 0.98,
# hotpath 0.95, trace 0.35, and trace four times event-per-operation, which is a FastPathHit of each.
# usage: event-cost.sh [-n rounds] [all | profile.jfc …]      environment: OPERATIONS, WORKING_SET, JAVA_HOME
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rounds=10
if [ "${1:-}" = -n ]; then
  rounds=${2:?rounds}
  shift 2
fi
single=
if [ "${1:-}" = all ]; then
  hit=+io.hakmem.FastPathHit
  single="settings=none,$hit#enabled=true,$hit#interval=1,$hit#stackTrace=false"
  profiles=$root/jfr-profiles/src/main/resources/io/hakmem/profiles
  set -- "$profiles"/hakmem-{production,hotpath,trace}.jfc
fi
java=$("$root/hakmem" --java-home)/bin/java
allocator=$root/allocator/target/hakmem-allocator.jar
benchmarks=$here/target/hakmem-benchmarks.jar
for jar in "$allocator" "$benchmarks"; do
  [ -f "$jar" ] || { echo "missing $jar: build with mvn -B package first" >&2; exit 3; }
done

empty=$here/target/without-events
mkdir -p "$empty"
annotations=$(find "$HOME/.m2/repository/org/jspecify/jspecify" -name 'jspecify-*.jar' | head -n 1)
"${java}c" -cp "$allocator:$annotations" -d "$empty" "$here"/src/without-events/io/hakmem/event/Events.java

workload="io.hakmem.benchmarks.Main random-mixed ${OPERATIONS:-200000000} ${WORKING_SET:-256}"
run="'$java' --enable-native-access=ALL-UNNAMED"
entries=("with-events=$run -cp '$allocator:$benchmarks' $workload")
for profile in "$@"; do
  recording="-XX:StartFlightRecording:settings='$(realpath "$profile")',filename='$here/target/event-cost.jfr',maxsize=2g"
  flags="-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints -Xlog:jfr+startup=error"
  entries+=("$(basename "$profile")=$run $flags $recording -cp '$allocator:$benchmarks' $workload")
done
if [ -n "$single" ]; then
  recording="'-XX:StartFlightRecording:$single,filename=$here/target/event-cost.jfr,maxsize=2g'"
  entries+=("event-per-operation=$run -Xlog:jfr+startup=error $recording -cp '$allocator:$benchmarks' $workload")
fi
"$here/compare.sh" -n "$rounds" "${entries[@]}" "emitters-empty=$run -cp '$empty:$allocator:$benchmarks' $workload"
