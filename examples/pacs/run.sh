#!/bin/sh
# PACS from the pictures to the answer, on a platform that is up (`./kedge up`).
# Usage: examples/pacs/run.sh DIR    DIR holds {pretrain,train,test}/{photo,art_painting,cartoon,sketch}.tar
set -eu
[ $# -eq 1 ] || { sed -n 2,3p "$0" >&2; exit 2; }
data=$1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
kedge="$here/../../kedge"

for part in pretrain train test; do
  for domain in photo art_painting cartoon sketch; do
    name=$(echo "$domain" | tr _ -)-$part
    "$kedge" dataset import "$name" "$data/$part/$domain.tar"
  done
done

"$kedge" launch "$here/base.yaml" --request-id pacs-base --wait
"$kedge" promote "$("$kedge" report pacs-base --json | sed -n 's/.*"recommendedCheckpoint": *"\([^"]*\)".*/\1/p')" pacs-base@start
"$kedge" launch "$here/photo.yaml" --request-id pacs-photo --wait
"$kedge" report pacs-photo --html "$PWD/pacs.html"
