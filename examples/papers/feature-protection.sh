#!/bin/sh
# Feature protection (arXiv 2405.16027) on PACS, on a platform that is up (`./kedge up`): one launch for every style that is
# learnt, and one that chooses without having seen the others. Run again, it goes on where it was.
# Usage: examples/papers/feature-protection.sh DIR [STYLE…]
#   DIR holds {pretrain,train,test}/{photo,art_painting,cartoon,sketch}.tar; STYLE is one of photo, art-painting, cartoon,
#   sketch, or blind, art-painting-blind, cartoon-blind, sketch-blind (all of them by default)
set -eu
[ $# -ge 1 ] || { sed -n 2,6p "$0" >&2; exit 2; }
data=$1
shift
[ $# -gt 0 ] || set -- photo blind art-painting art-painting-blind cartoon cartoon-blind sketch sketch-blind
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
kedge="$here/../../kedge"
together=$(mktemp -d)
trap 'rm -rf "$together"' EXIT

# Everything that the base learns from as one set, for the information of `ewc`: a style's name before each picture's.
for style in photo art_painting cartoon sketch; do
  mkdir "$together/$style"
  tar -xf "$data/pretrain/$style.tar" -C "$together/$style"
  for picture in "$together/$style"/*/*; do
    class=${picture%/*}
    class=$together/all/${class##*/}
    [ -d "$class" ] || mkdir -p "$class"
    mv "$picture" "$class/$style-${picture##*/}"
  done
done
"$kedge" dataset import all-pretrain "$together/all"
"$here/../pacs-base.sh" "$data"

for style in "$@"; do
  study=feature-protection-$style
  file=$study
  [ "$style" = photo ] && file=feature-protection
  "$kedge" launch "$here/$file.yaml" --title "$study" --request-id "$study" --wait
  "$kedge" report "$study" --html "$PWD/$study.html"
done
