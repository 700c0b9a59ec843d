#!/usr/bin/env bash
# Takes screenshots of every page and email that responders see, at phone width, in other languages, and writes the text of
# each language to one file, to be read aloud: eng/languages.sh FOLDER [de,pl,ar,ja,zh-Hans]. Arabic is dark, the others light.
# Needs a browser (HUMANTASKS_BROWSER, or chromium on the path). ./test.sh does not run this.
set -euo pipefail
FOLDER=$(realpath -m "${1:?name a folder for the pictures}")
cd "$(dirname "$0")/.."
HUMANTASKS_BROWSER=${HUMANTASKS_BROWSER:-$(command -v chromium || command -v google-chrome)}
export HUMANTASKS_BROWSER HUMANTASKS_PICTURES="$FOLDER" HUMANTASKS_PICTURE_LANGUAGES="${2:-de,pl,ar,ja,zh-Hans}"
dotnet test HumanTasks.Tests -c "${CONFIGURATION:-Release}" --filter FullyQualifiedName~Browser.LanguagePictures
