#!/bin/sh
# PACS from the pictures to the answer, on a platform that is up (`./kedge up`).
# Usage: examples/pacs.sh DIR    DIR holds {pretrain,train,test}/{photo,art_painting,cartoon,sketch}.tar
set -eu
[ $# -eq 1 ] || { sed -n 2,3p "$0" >&2; exit 2; }
data=$1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
kedge="$here/../kedge"

"$here/pacs-base.sh" "$data"
# The same request id twice is the same experiment: run this again and nothing is done again.
"$kedge" launch "$here/pacs.yaml" --title pacs-photo --request-id pacs-photo --wait
"$kedge" report pacs-photo --html "$PWD/pacs.html"
