#!/usr/bin/env bash
# Swaps the push path of a JVM under load (four threads) round and round by attach, and compares its
# speed before and after with that of a JVM that is never swapped, in alternating windows, by
# operations per second of processor time, which other work on the machine disturbs least.
# Exit code 1: the speed did not come back to within 3 %; any other failure names itself.
# usage: swap-under-load.sh [rounds, 100] [windows before and after, 31]      environment: JAVA_HOME
# Needs the test classes: mvn -B verify (or package) first.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
java=$("$root/hakmem" --java-home)/bin/java
path=$here/target/hakmem-agent.jar:$root/allocator/target/hakmem-allocator.jar
for part in "$here/target/test-classes" ${path//:/ }; do
  [ -e "$part" ] || { echo "missing $part: build with mvn -B package first" >&2; exit 3; }
done
exec "$java" -cp "$here/target/test-classes:$path" io.hakmem.agent.SwapTrial "${1:-100}" "${2:-31}"
