#!/bin/sh
# Imports the twelve parts of PACS and makes the base that its studies start from, on a platform that is up.
# Usage: examples/pacs-base.sh DIR    DIR holds {pretrain,train,test}/{photo,art_painting,cartoon,sketch}.tar
set -eu
[ $# -eq 1 ] || { sed -n 2,3p "$0" >&2; exit 2; }
data=$1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
kedge="$here/../kedge"

for part in pretrain train test; do
  for style in photo art_painting cartoon sketch; do
    "$kedge" dataset import "$(echo "$style" | tr _ -)-$part" "$data/$part/$style.tar"
  done
done

# The same request id twice is the same experiment: run this again and nothing is done again.
"$kedge" launch "$here/pacs-base.yaml" --title pacs-base --request-id pacs-base --wait
"$kedge" promote pacs-base pacs-base@start
