#!/usr/bin/env bash
# Recreates docs/screenshots: every page at phone and desktop width, in light and dark mode, of a host with sample data. Needs a browser (HUMANTASKS_BROWSER, or chromium on the path).
set -euo pipefail
cd "$(dirname "$0")/.."
HUMANTASKS_BROWSER=${HUMANTASKS_BROWSER:-$(command -v chromium || command -v google-chrome)}
export HUMANTASKS_BROWSER HUMANTASKS_SCREENSHOTS="${1:-$PWD/docs/screenshots}"
rm -f "$HUMANTASKS_SCREENSHOTS"/*.png
dotnet test HumanTasks.Tests -c Release --filter FullyQualifiedName~Browser.Screenshots
