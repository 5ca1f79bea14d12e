#!/bin/sh
# Speciality against generality (arXiv 2309.06256) on medical questions, on a platform that is up (`./kedge up`): a launch
# for each data set that is learnt, and one each that measures accuracies. Run again, it goes on where it was.
# Usage: examples/papers/speciality-generality.sh DIR [STUDY…]
#   DIR holds wikitext2-{a,b}.txt, {medmcqa,pubmedqa}-{train,test}.jsonl and piqa-valid.jsonl; STUDY is one of medmcqa,
#   accuracy, pubmedqa, pubmedqa-accuracy (all of them by default)
set -eu
[ $# -ge 1 ] || { sed -n 2,6p "$0" >&2; exit 2; }
data=$1
shift
[ $# -gt 0 ] || set -- medmcqa accuracy pubmedqa pubmedqa-accuracy
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
kedge="$here/../../kedge"
texts=$(mktemp -d)
trap 'rm -rf "$texts"' EXIT

"$here/../wikitext-parts.sh" "$data" "$texts"
for name in wiki-train wiki-dev wiki-test; do
  "$kedge" dataset import "$name" "$texts/$name"
done
for name in medmcqa-train medmcqa-test pubmedqa-train pubmedqa-test piqa-valid; do
  "$kedge" dataset import "$name" "$data/$name.jsonl"
done

"$kedge" launch "$here/speciality-generality-base.yaml" --title small-opt --request-id small-opt --wait
"$kedge" promote small-opt small-opt@start
for study in "$@"; do
  title=speciality-generality-$study
  file=$title
  [ "$study" = medmcqa ] && file=speciality-generality
  "$kedge" launch "$here/$file.yaml" --title "$title" --request-id "$title" --wait
  "$kedge" report "$title" --html "$PWD/$title.html"
done
