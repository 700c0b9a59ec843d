#!/usr/bin/env bash
# Installs and runs the official MCP client and the official conformance suite for tests, from npm, in .cache/mcp (which git
# ignores).
#
#   eng/mcp.sh install                     installs both once; fails without npm or a registry
#   eng/mcp.sh client ADDRESS              calls tools with the official client: reads one call per line from standard input,
#                                          { "name", "arguments" }, and writes each result as one line
#   eng/mcp.sh conformance ADDRESS NAME    runs one scenario of the suite against a server; its checks go to standard output
#
# MCP_KEY is the API key. ADDRESS is the endpoint, such as http://localhost:5080/mcp.
set -euo pipefail

client=1.32.2
conformance=0.1.16
root="$(cd "$(dirname "$0")/.." && pwd)"
folder="$root/.cache/mcp"
packages="$folder/node_modules/@modelcontextprotocol"

install() {
  if [ ! -d "$packages/sdk" ] || [ ! -d "$packages/conformance" ]; then
    mkdir -p "$folder"
    npm install --prefix "$folder" --no-save --no-package-lock --no-fund --no-audit --loglevel=error \
      "@modelcontextprotocol/sdk@$client" "@modelcontextprotocol/conformance@$conformance" >&2
  fi
}

run() {
  [ -d "$packages/sdk" ] || { echo "It is not installed: run $0 install" >&2; exit 1; }
  # beside the packages, where Node finds them; replaced atomically, because tests run this concurrently
  local file
  for file in mcp-client.mjs mcp-conformance.mjs mcp-older-node.mjs; do
    cp "$root/eng/$file" "$folder/$file.$$" && mv "$folder/$file.$$" "$folder/$file"
  done
  local script=$1; shift
  exec node --import "$folder/mcp-older-node.mjs" "$folder/$script" "$@"
}

case "${1:-}" in
  install) install ;;
  client) run mcp-client.mjs "${2:?an address}" ;;
  conformance) run mcp-conformance.mjs "${2:?an address}" "${3:?the name of a scenario}" ;;
  *) echo "usage: $0 install | client ADDRESS | conformance ADDRESS NAME" >&2; exit 2 ;;
esac
