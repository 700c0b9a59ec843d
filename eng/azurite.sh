#!/usr/bin/env bash
# Installs and runs a storage emulator for tests, from npm, in .cache/azurite (which git ignores).
#
#   eng/azurite.sh install   installs it once; fails without npm or a registry
#   eng/azurite.sh run       starts it on free loopback ports, in memory, prints its connection string as the first line,
#                            and runs until it is stopped
set -euo pipefail

version=3.35.0
folder="$(cd "$(dirname "$0")/.." && pwd)/.cache/azurite"
main="$folder/node_modules/azurite/dist/src/azurite.js"

install() {
  if [ ! -f "$main" ]; then
    mkdir -p "$folder"
    npm install --prefix "$folder" --no-save --no-package-lock --no-fund --no-audit --loglevel=error "azurite@$version" >&2
  fi
}

free_ports() {
  node -e '
    const net = require("net");
    const servers = [0, 1, 2].map(() => net.createServer().listen(0, "127.0.0.1"));
    Promise.all(servers.map(s => new Promise(r => s.on("listening", r)))).then(() => {
      console.log(servers.map(s => s.address().port).join(" "));
      servers.forEach(s => s.close());
    });'
}

run() {
  [ -f "$main" ] || { echo "Azurite is not installed: run eng/azurite.sh install" >&2; exit 1; }
  read -r blob queue table <<< "$(free_ports)"
  local account=devstoreaccount1
  local key='Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==' # every emulator's
  local host='http://127.0.0.1'
  printf 'DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;' "$account" "$key"
  printf 'BlobEndpoint=%s:%s/%s;' "$host" "$blob" "$account"
  printf 'QueueEndpoint=%s:%s/%s;' "$host" "$queue" "$account"
  printf 'TableEndpoint=%s:%s/%s;\n' "$host" "$table" "$account"
  exec node "$main" --silent --inMemoryPersistence --disableTelemetry --skipApiVersionCheck \
    --blobPort "$blob" --queuePort "$queue" --tablePort "$table"
}

case "${1:-}" in
  install) install ;;
  run) run ;;
  *) echo "usage: $0 install | run" >&2; exit 2 ;;
esac
