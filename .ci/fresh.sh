#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Proves that the two commands work from nothing: makes an empty Debian 12 in a folder, copies this checkout into it, and
# runs scripts/test.sh twice and scripts/study.sh once in there. As root; needs debootstrap. Takes the build's time and
# about two minutes.
#
#   .ci/fresh.sh [command ...]      commands instead of the three, e.g. 'scripts/test.sh dev' or .ci/run
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then set -- scripts/test.sh scripts/test.sh scripts/study.sh; fi
command -v debootstrap >/dev/null || { echo "fresh.sh: apt-get install debootstrap, please" >&2; exit 1; }

root=$(mktemp -d /var/tmp/footfall-fresh.XXXXXX)
mounted=
clean_up() {
  [ -z "$mounted" ] || umount "$root/proc"
  rm -rf --one-file-system "$root"
}
trap clean_up EXIT

report=()
timed() {
  local began=$SECONDS status=0
  "${@:2}" || status=$?
  report+=("$(printf '%-40s %5s s   exit %s' "$1" $((SECONDS - began)) "$status")")
  return "$status"
}

# The mirror and the settings of apt are the host's.
mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)' | awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')
timed "an empty Debian 12" debootstrap --variant=minbase bookworm "$root" "${mirror:?no source of bookworm in apt}" >/dev/null
rm -f "$root"/etc/apt/sources.list
for entry in sources.list sources.list.d apt.conf.d keyrings trusted.gpg.d; do
  if [ -e "/etc/apt/$entry" ]; then cp -a "/etc/apt/$entry" "$root/etc/apt/"; fi
done
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
mount -t proc proc "$root/proc"
mounted=yes

mkdir "$root/footfall"
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- --ignore-failed-read |
  tar --extract --directory="$root/footfall"

status=0
for command in "$@"; do
  echo "== $command"
  timed "$command" chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    sh -c "cd / && /footfall/$command" || status=1
done
echo
printf '%s\n' "${report[@]}"
exit "$status"
