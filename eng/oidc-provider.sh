#!/usr/bin/env bash
# Installs and runs an OpenID Connect provider for tests, from npm, in .cache/oidc (which git ignores).
#
#   eng/oidc-provider.sh install            installs it once; fails without npm or a registry
#   eng/oidc-provider.sh run REDIRECT_URI   starts it on a free loopback port, prints its issuer as the first line, and runs
#                                           until it is stopped. Every address that signs in counts as verified, unless it
#                                           begins with "unverified".
set -euo pipefail

version=9.13.3
root="$(cd "$(dirname "$0")/.." && pwd)"
folder="$root/.cache/oidc"

install() {
  if [ ! -d "$folder/node_modules/oidc-provider" ]; then
    mkdir -p "$folder"
    npm install --prefix "$folder" --no-save --no-package-lock --no-fund --no-audit --loglevel=error "oidc-provider@$version" >&2
  fi
}

run() {
  [ -d "$folder/node_modules/oidc-provider" ] || { echo "The provider is not installed: run $0 install" >&2; exit 1; }
  cp "$root/eng/oidc-provider.mjs" "$folder/provider.mjs"
  exec node "$folder/provider.mjs" "$1"
}

case "${1:-}" in
  install) install ;;
  run) run "${2:?a redirect URI}" ;;
  *) echo "usage: $0 install | run REDIRECT_URI" >&2; exit 2 ;;
esac
