#!/usr/bin/env bash
# Builds everything with warnings as errors, checks the formatting and runs the whole suite.
# Installs missing tools where it can (Debian's chromium; Azurite, an OpenID Connect provider, the official MCP client, ajv and
# OpenAPI tools from npm; the Bicep compiler and Kiota from NuGet) and reports it. The Azure host is compiled against the
# genuine packages that can be restored, otherwise against our own declarations. Ends with one line:
#   N passed, N failed, N skipped
# Usage: ./test.sh [arguments of dotnet test, such as --filter FullyQualifiedName~Review]
#        ./test.sh --core [arguments of dotnet test]   builds Core and its tests only, without analyzers, and runs them: seconds
set -uo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# one compiler server for all projects, whatever the machine's settings, saves a third of the build time
shared=${UseSharedCompilation:-true}
export UseSharedCompilation=true

if [ "${1:-}" = --core ]; then
  shift
  export UseSharedCompilation=true
  exec dotnet test HumanTasks.Tests.Core -p:RunAnalyzers=false -p:GenerateDocumentationFile=false -v quiet "$@"
fi

say() { printf '\n== %s\n' "$*"; }

find_browser() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
}

if [ -z "${HUMANTASKS_BROWSER:-}" ]; then
  HUMANTASKS_BROWSER=$(find_browser || true)
  if [ -z "$HUMANTASKS_BROWSER" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "No browser found: installing Debian's chromium for the browser journeys"
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null 2>&1 || echo "chromium could not be installed"
    HUMANTASKS_BROWSER=$(find_browser || true)
  fi
  export HUMANTASKS_BROWSER
fi
[ -n "$HUMANTASKS_BROWSER" ] || echo "No browser: the browser journeys will be skipped. Set HUMANTASKS_BROWSER to one."

say "Azure packages"
sdk=contracts
for genuine in packages partial; do
  dotnet restore HumanTasks.Tests.Azure -p:AzureSdk=$genuine >"$results/restore.log" 2>&1 && { sdk=$genuine; break; }
  grep -o 'error NU[0-9]*: .*' "$results/restore.log" | cut -c1-160 | sort -u | head -3
done
case $sdk in
  packages) echo "The genuine Azure packages restore here: HumanTasks.Functions is compiled and tested against them." ;;
  partial)
    echo "****************************************************************************************"
    echo "** The genuine Azure package for e-mail does NOT restore here: its place is taken by  **"
    echo "** our own declarations in eng/azure-contracts. HumanTasks.Functions is compiled and  **"
    echo "** tested against the genuine worker, Durable Task, Tables and Blobs.                 **"
    echo "****************************************************************************************" ;;
  contracts)
    echo "****************************************************************************************"
    echo "** The genuine Azure packages do NOT restore here. HumanTasks.Functions is compiled   **"
    echo "** and tested against eng/azure-contracts, our own declarations of what it uses.      **"
    echo "****************************************************************************************" ;;
esac

if [ -z "${HUMANTASKS_AZURITE:-}" ] && command -v npm >/dev/null; then
  [ -d .cache/azurite ] || say "Installing Azurite, a storage emulator, from npm into .cache/azurite"
  bash eng/azurite.sh install || echo "Azurite could not be installed: the tests that need it will be skipped."
fi

if command -v npm >/dev/null; then
  [ -d .cache/oidc ] || say "Installing a provider of OpenID Connect from npm into .cache/oidc"
  bash eng/oidc-provider.sh install || echo "The provider could not be installed: the tests that need it will be skipped."
fi

if command -v npm >/dev/null; then
  [ -d .cache/mcp ] || say "Installing the official client and conformance suite of MCP from npm into .cache/mcp"
  bash eng/mcp.sh install || echo "They could not be installed: the tests that need them will be skipped."
fi

if command -v npm >/dev/null; then
  [ -d .cache/ajv ] || say "Installing ajv, a validator of JSON Schema, from npm into .cache/ajv"
  bash eng/schemas.sh install || echo "It could not be installed: the tests that need it will be skipped."
fi

if command -v npm >/dev/null; then
  [ -f .cache/openapi/installed-1 ] || say "Installing OpenAPI linters and client generators from npm and NuGet into .cache/openapi"
  bash eng/openapi.sh install || echo "They could not be installed: the tests that need them will be skipped."
fi

say "Templates of Azure"
# the compiler comes from NuGet, into .cache/bicep
if bash eng/bicep.sh install; then
  bash eng/bicep.sh check || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
else
  echo "Skipped: the templates are not compiled here, and the tests that evaluate them are skipped."
fi

say "Build"
# The Azure host is not in the solution. It is built in release like everything else that the tests reference, and then also
# against the declarations, so that they stay valid for feeds that lack more packages.
dotnet build HumanTasks.sln -c Release -v minimal -p:AzureSdk=$sdk -p:ShouldUnsetParentConfigurationAndPlatform=false &&
  { [ $sdk = contracts ] || dotnet build HumanTasks.Functions -c Release -v quiet -p:AzureSdk=contracts; }
built=$?
[ "$shared" = true ] || dotnet build-server shutdown --vbcscompiler >/dev/null
[ $built = 0 ] || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

say "Formatting"
dotnet format whitespace HumanTasks.sln --verify-no-changes --no-restore || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

say "Tests"
# names a slow test, and fails one that never ends
status=0
for project in HumanTasks.Tests.Core HumanTasks.Tests HumanTasks.Tests.Azure; do
  dotnet test $project -c Release --no-build -p:AzureSdk=$sdk --logger "trx;LogFileName=$project.trx" --results-directory "$results" \
    --blame-hang-timeout 5m --blame-hang-dump-type none "$@" -- xUnit.DiagnosticMessages=true xUnit.LongRunningTestSeconds=90 || status=1
done

# the totals and every skip with its reason, from the results file
awk '
  match($0, /<Counters [^>]*>/) {
    line = substr($0, RSTART, RLENGTH)
    split("passed failed total", names, " ")
    for (i in names) {
      if (match(line, names[i] "=\"[0-9]+\"")) {
        value = substr(line, RSTART + length(names[i]) + 2, RLENGTH - length(names[i]) - 3)
        counts[names[i]] += value
      }
    }
  }
  /outcome="NotExecuted"/ && match($0, /testName="[^"]*"/) { name = substr($0, RSTART + 10, RLENGTH - 11); skipped = 1 }
  skipped && match($0, /<Message>[^<]*/) { print "skipped: " name ": " substr($0, RSTART + 9, RLENGTH - 9); skipped = 0 }
  END {
    printf "\n%d passed, %d failed, %d skipped\n", counts["passed"], counts["failed"], counts["total"] - counts["passed"] - counts["failed"]
    if (counts["total"] == 0) { exit 1 }
  }
' "$results"/*.trx || status=1
exit "$status"
