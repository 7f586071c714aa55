#!/usr/bin/env bash
# Compares the throughput of two or more commands fairly: it runs them in turn (A B C A B C …) and
# prints the median and spread of each, and of the ratio to the last one, round by round.
# Every command must print a line "Throughput = N ops/s …"; of several the median counts.
# usage: compare.sh [-n rounds] 'NAME=COMMAND' 'NAME=COMMAND' …
set -euo pipefail

rounds=10
if [ "${1:-}" = -n ]; then
  rounds=${2:?rounds}
  shift 2
fi
[ $# -ge 2 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }

results=$(mktemp)
trap 'rm -f "$results"' EXIT
for ((round = 1; round <= rounds; round++)); do
  for entry in "$@"; do
    name=${entry%%=*}
    figure=$(bash -c "${entry#*=}" 2>/dev/null | awk '/^Throughput =/ {print $3}' | sort -n |
      awk '{v[NR] = $1} END {if (NR) print v[int((NR + 1) / 2)]}')
    [ -n "$figure" ] || { echo "$name printed no throughput: ${entry#*=}" >&2; exit 1; }
    echo "$round $name $figure" >>"$results"
  done
  [ ! -t 2 ] || printf '\rround %d of %d ' "$round" "$rounds" >&2
done
[ ! -t 2 ] || printf '\r                  \r' >&2

last=${!#}
awk -v last="${last%%=*}" -v rounds="$rounds" '
  {figure[$1, $2] = $3; if (!seen[$2]++) order[++names] = $2}
  function sorted(values, n,   i, j, t) {
    for (i = 2; i <= n; i++) for (j = i; j > 1 && values[j - 1] > values[j]; j--) {
      t = values[j]; values[j] = values[j - 1]; values[j - 1] = t
    }
  }
  function median(values, n) {
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
  }
  END {
    printf "%-24s %28s   %s\n", "", "M ops/s: median (min to max)", "ratio to " last ": median (min to max)"
    for (k = 1; k <= names; k++) {
      for (r = 1; r <= rounds; r++) {
        speed[r] = figure[r, order[k]] / 1e6
        ratio[r] = figure[r, order[k]] / figure[r, last]
      }
      sorted(speed, rounds); sorted(ratio, rounds)
      printf "%-24s %8.1f (%6.1f to %6.1f)     %6.3f (%.3f to %.3f)\n", order[k], median(speed, rounds),
        speed[1], speed[rounds], median(ratio, rounds), ratio[1], ratio[rounds]
    }
  }' "$results"
