#!/usr/bin/env bash
# Chromium for the tests of the page, from Debian's packages where it is missing. Without root or apt: says what to install, and
# fails only where CI=true, because there the tests do not skip.
set -euo pipefail

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then
    echo "$name is there"
    exit 0
  fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }
  echo 'chromium is installed'
  exit 0
fi

echo 'Chromium is missing: install it (Debian: apt-get install chromium) or name one in CHROMIUM' >&2
[ "${CI:-}" != true ]
