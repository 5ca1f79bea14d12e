#!/bin/sh
# A language model from WikiText to medicine, on a platform that is up (`./kedge up`).
# Usage: examples/medical.sh DIR    DIR holds wikitext2-{a,b}.txt, medmcqa-{train,test}.jsonl, piqa-valid.jsonl
set -eu
[ $# -eq 1 ] || { sed -n 2,3p "$0" >&2; exit 2; }
data=$1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
kedge="$here/../kedge"
texts=$(mktemp -d)
trap 'rm -rf "$texts"' EXIT

"$here/wikitext-parts.sh" "$data" "$texts"
for name in wiki-train wiki-dev wiki-test; do
  "$kedge" dataset import "$name" "$texts/$name"
done
for name in medmcqa-train medmcqa-test piqa-valid; do
  "$kedge" dataset import "$name" "$data/$name.jsonl"
done

# The same request id twice is the same experiment: run this again and nothing is done again.
"$kedge" launch "$here/medical-base.yaml" --title medical-base --request-id medical-base --wait
"$kedge" promote medical-base medical-base@start
"$kedge" launch "$here/medical.yaml" --title medical --request-id medical --wait
"$kedge" report medical --html "$PWD/medical.html"
