#!/usr/bin/env bash
# Runs a C program of src/main/native with glibc's malloc and every native allocator found, in turn.
# Prints the median of the Throughput lines of each, or else what the program says.
# usage: native.sh random_mixed|producer_consumer|pairs|footprint [arguments of the program…]
# Debian: apt-get install gcc libc6-dev libjemalloc2 libmimalloc2.0 libtcmalloc-minimal4
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
program=${1:-}
source=$here/src/main/native/$program.c
if [ -z "$program" ] || [ ! -f "$source" ]; then
  sed -n '2,5s/^# //p' "$0" >&2
  exit 2
fi
shift
command -v gcc >/dev/null || { echo "gcc is not installed" >&2; exit 3; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
gcc -O2 -fno-builtin -pthread -o "$folder/$program" "$source"

# The path of a shared library, or nothing.
locate() {
  { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | awk -v name="$1" '$1 == name && !found++ {print $NF}'
}

run() { # name, library or nothing
  LD_PRELOAD=$2 "$folder/$program" "${@:3}" 2>/dev/null >"$folder/output" || {
    echo "$1: $program failed with exit code $?" >&2
    exit 1
  }
  if grep -q '^Throughput =' "$folder/output"; then
    awk '/^Throughput =/ {print $3}' "$folder/output" | sort -n |
      awk -v name="$1" '{v[NR] = $1} END {printf "%-10s Throughput = %.0f ops/s, median of %d\n", name, v[int((NR + 1) / 2)], NR}'
  else
    sed "s/^/$(printf '%-10s ' "$1")/" "$folder/output"
  fi
}

run glibc "" "$@"
for entry in jemalloc=libjemalloc.so.2 mimalloc=libmimalloc.so.2 tcmalloc=libtcmalloc_minimal.so.4; do
  path=$(locate "${entry#*=}")
  [ -n "$path" ] || { echo "${entry%%=*}: skipped, ${entry#*=} is not installed" >&2; continue; }
  run "${entry%%=*}" "$path" "$@"
done
