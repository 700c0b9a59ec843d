#!/usr/bin/env bash
# Takes screenshots of every page at phone and desktop width, in light and dark mode, of a host with sample data, into a
# folder that is not committed: eng/screenshots.sh [FOLDER]. Those that README.md shows are copied to docs/screenshots, with
# 64 colours where ImageMagick is installed. Needs a browser (HUMANTASKS_BROWSER, or chromium on the path).
set -euo pipefail
FOLDER=$(realpath -m "${1:-$(dirname "$0")/../artifacts/screenshots}")
cd "$(dirname "$0")/.."
HUMANTASKS_BROWSER=${HUMANTASKS_BROWSER:-$(command -v chromium || command -v google-chrome)}
export HUMANTASKS_BROWSER HUMANTASKS_SCREENSHOTS="$FOLDER"
mkdir -p "$FOLDER" docs/screenshots
rm -f "$FOLDER"/*.png
dotnet test HumanTasks.Tests -c "${CONFIGURATION:-Release}" --filter FullyQualifiedName~Browser.Screenshots
rm -f docs/screenshots/*.png
for picture in $(grep -o 'docs/screenshots/[a-z0-9-]*\.png' README.md | sort -u); do
  if command -v convert > /dev/null; then
    convert "$FOLDER/$(basename "$picture")" -strip +dither -colors 64 -define png:compression-level=9 "PNG8:$picture"
  else
    cp "$FOLDER/$(basename "$picture")" "$picture"
  fi
done
