#!/usr/bin/env bash
# The linters and generators of clients that the served OpenAPI document must satisfy, for tests; from npm and NuGet, in
# .cache/openapi (which git ignores).
#
#   eng/openapi.sh install                     installs them once; fails where there is no npm or no registry
#   eng/openapi.sh lint FILE                   Redocly's recommended rules and Spectral's; fails with what they say, warnings too
#   eng/openapi.sh typescript FILE ADDRESS KEY generates a client with openapi-typescript, checks it with tsc and runs a whole cycle
#   eng/openapi.sh kiota FILE ADDRESS KEY      generates a client with Kiota, builds it and runs the same cycle
set -euo pipefail

root="$(cd "$(dirname "$0")/.." && pwd)"
folder="$root/.cache/openapi"
bin="$folder/node_modules/.bin"
packages=(@redocly/cli@2.77.0 @stoplight/spectral-cli@6.16.3 openapi-typescript@7.13.0 openapi-fetch@0.17.0 typescript@5.9.3)
kiota=1.38.0

case "${1:-}" in
  install)
    if [ ! -f "$folder/installed-1" ]; then
      mkdir -p "$folder"
      npm install --prefix "$folder" --no-save --no-package-lock --no-fund --no-audit --loglevel=error "${packages[@]}" >&2
      touch "$folder/installed-1"
    fi
    if [ ! -x "$folder/kiota/kiota" ]; then
      dotnet tool install Microsoft.OpenApi.Kiota --version $kiota --tool-path "$folder/kiota" >&2 ||
        echo "Kiota does not restore here: the test of its client is skipped." >&2
    fi ;;
  lint)
    rules=$(mktemp --suffix=.yaml)
    trap 'rm -f "$rules"' EXIT
    echo 'extends: ["spectral:oas"]' >"$rules"
    REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true "$bin/redocly" lint --extends recommended --format json "$2" 2>/dev/null |
      node -e 'const all = JSON.parse(require("fs").readFileSync(0)).problems; for (const p of all) console.log(p.ruleId, p.message, p.location[0]?.pointer); process.exit(all.length ? 1 : 0)'
    "$bin/spectral" lint --quiet --ruleset "$rules" --fail-severity=hint "$2" ;;
  typescript)
    work="$folder/typescript.$$"
    mkdir -p "$work"
    trap 'rm -rf "$work"' EXIT
    "$bin/openapi-typescript" "$2" -o "$work/api.d.ts" >&2
    cp "$root/eng/openapi-client.mts" "$work/client.mts"
    "$bin/tsc" --strict --module nodenext --target es2022 --skipLibCheck --outDir "$work/out" "$work/client.mts"
    cp "$work/out/client.mjs" "$work/client.mjs"
    node "$work/client.mjs" "$3" "$4" ;;
  kiota)
    work="$folder/kiota.$$"
    mkdir -p "$work"
    trap 'rm -rf "$work"' EXIT
    cp "$root"/eng/kiota/* "$work/"
    "$folder/kiota/kiota" generate --language CSharp --openapi "$2" --output "$work/Generated" --class-name HumanTasksClient \
      --namespace-name HumanTasks.Generated --exclude-backward-compatible --clean-output --log-level Error \
      --include-path '/api/**' >&2
    dotnet run --project "$work" -c Release -v q -- "$3" "$4" ;;
  *) echo "usage: $0 install | lint FILE | typescript FILE ADDRESS KEY | kiota FILE ADDRESS KEY" >&2; exit 2 ;;
esac
