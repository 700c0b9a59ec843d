#!/usr/bin/env bash
# Installs and runs ajv, a JSON Schema validator for JavaScript, in strict mode for tests, from npm, in .cache/ajv (which git
# ignores).
#
#   eng/schemas.sh install   installs it once; fails without npm or a registry
#   eng/schemas.sh check     reads one { "schema", "values" } per line from standard input, and writes one { "error", "valid" } per line:
#                            why the schema is refused, or whether each value is valid
set -euo pipefail

ajv=8.17.1
formats=3.0.1
root="$(cd "$(dirname "$0")/.." && pwd)"
folder="$root/.cache/ajv"

case "${1:-}" in
  install)
    if [ ! -d "$folder/node_modules/ajv" ] || [ ! -d "$folder/node_modules/ajv-formats" ]; then
      mkdir -p "$folder"
      npm install --prefix "$folder" --no-save --no-package-lock --no-fund --no-audit --loglevel=error "ajv@$ajv" "ajv-formats@$formats" >&2
    fi ;;
  check)
    [ -d "$folder/node_modules/ajv" ] || { echo "ajv is not installed: run $0 install" >&2; exit 1; }
    cp "$root/eng/schemas.mjs" "$folder/schemas.$$.mjs" && mv "$folder/schemas.$$.mjs" "$folder/schemas.mjs" # whole at any moment
    exec node "$folder/schemas.mjs" ;;
  *) echo "usage: $0 install | check" >&2; exit 2 ;;
esac
