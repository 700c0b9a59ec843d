#!/usr/bin/env bash
# Takes pictures of every page and email that responders see, on a phone, in other languages, and writes the text of each
# language into one file, to be read aloud: eng/languages.sh FOLDER [de,pl,ar,ja,zh-Hans]. Arabic is dark, the others light.
# Needs a browser (HUMANTASKS_BROWSER, or chromium on the path). ./test.sh leaves this out.
set -euo pipefail
FOLDER=$(realpath -m "${1:?name a folder for the pictures}")
cd "$(dirname "$0")/.."
HUMANTASKS_BROWSER=${HUMANTASKS_BROWSER:-$(command -v chromium || command -v google-chrome)}
export HUMANTASKS_BROWSER HUMANTASKS_PICTURES="$FOLDER" HUMANTASKS_PICTURE_LANGUAGES="${2:-de,pl,ar,ja,zh-Hans}"
dotnet test HumanTasks.Tests -c "${CONFIGURATION:-Release}" --filter FullyQualifiedName~Browser.LanguagePictures
