#!/bin/sh
# Parts WikiText-2: the last fifth of the articles of its test part is held out, a text for each section, some to choose
# by (wiki-dev), the rest to report (wiki-test); all else is there to learn from (wiki-train).
# Usage: examples/wikitext-parts.sh DIR OUT    DIR holds wikitext2-{a,b}.txt; the three folders are made in OUT
set -eu
[ $# -eq 2 ] || { sed -n 2,4p "$0" >&2; exit 2; }
data=$1
out=$2
mkdir -p "$out/wiki-train" "$out/wiki-dev" "$out/wiki-test"
cp "$data/wikitext2-a.txt" "$out/wiki-train/a.txt"
articles=$(grep -c '^ = [^=]' "$data/wikitext2-b.txt")
awk -v out="$out" -v train=$((articles * 8 / 10)) -v dev=$((articles * 85 / 100)) '
  /^ = [^=]/ { article++ }
  /^ = / { section++ }
  article && article <= train { print > (out "/wiki-train/b.txt") }
  article > train { print > sprintf("%s/%s/%04d.txt", out, article <= dev ? "wiki-dev" : "wiki-test", section) }
' "$data/wikitext2-b.txt"
