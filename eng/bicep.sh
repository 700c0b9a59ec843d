#!/usr/bin/env bash
# Installs and runs the Bicep compiler, from NuGet, in .cache/bicep (which git ignores). The templates use no modules from
# a registry, so they compile without a network.
#
#   eng/bicep.sh install   restores it once; fails with the reason if it cannot
#   eng/bicep.sh check     compiles and lints every template in infra; a warning is an error
#   eng/bicep.sh run ...   runs it with these arguments
set -euo pipefail

root="$(cd "$(dirname "$0")/.." && pwd)"
version=$(sed -n 's/.*PackageDownload.*Version="\[\(.*\)\]".*/\1/p' "$root/eng/bicep/bicep.csproj")
packages="$root/.cache/bicep"
bicep="$packages/azure.bicep.commandline.linux-x64/$version/tools/bicep"
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 BICEP_TRACING_ENABLED=false

install() {
  [ -f "$bicep" ] && return
  if [ "$(uname -sm)" != 'Linux x86_64' ]; then
    echo "The package of the Bicep compiler is for Linux on x64, and this is $(uname -sm)." >&2
    return 1
  fi

  local log
  log=$(mktemp)
  if ! dotnet restore "$root/eng/bicep" --packages "$packages" --verbosity quiet >"$log" 2>&1; then
    echo "Azure.Bicep.CommandLine.linux-x64 $version does not restore: $(grep -o 'error NU[0-9]*: .*' "$log" | head -1)" >&2
    rm -f "$log"
    return 1
  fi

  rm -f "$log"
  chmod +x "$bicep"
}

check() {
  local failed=0 said
  while IFS= read -r template; do
    said=$("$bicep" build --stdout "$template" 2>&1 >/dev/null || true)
    said+=$("$bicep" lint "$template" 2>&1 || true)
    if [ -n "$said" ]; then
      printf '%s\n' "$said" | sort -u
      failed=1
    fi
  done < <(find "$root/infra" -name '*.bicep' | sort)
  [ $failed = 0 ] && echo "$(find "$root/infra" -name '*.bicep' | wc -l) templates compile without a warning."
  return $failed
}

case "${1:-}" in
  install) install ;;
  check) install && check ;;
  run) shift; install && exec "$bicep" "$@" ;;
  *) echo "usage: $0 install | check | run ARGUMENTS" >&2; exit 2 ;;
esac
