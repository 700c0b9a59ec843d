#!/usr/bin/env bash
# Collects two signatures with one link; the third attempt is refused because the link is used up.
# Usage: samples/sign-off.sh API_KEY [BASE_ADDRESS]
set -euo pipefail
key=${1:?the API key that the first start printed}
base=${2:-http://localhost:5080}
. "$(dirname "$0")/calls.sh"

started=$(call POST /api/rule-sets/sign-off/runs '{ "context": { "release": "1.4.0" } }')
echo "started:   $started"
link=$(member signLink "$started")

for name in Ada Grace Joan; do
  echo "$name:     $(review "$link" "{ \"values\": { \"signer\": \"$name\", \"checks\": [\"tests\"], \"agrees\": true } }" || true)"
done
echo "the run:   $(call GET "/api/runs/$(member runId "$started")")"
