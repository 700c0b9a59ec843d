#!/usr/bin/env bash
# Saves every rule set of this folder, for a host that does not load them itself.
# Usage: samples/load.sh API_KEY [BASE_ADDRESS]
set -euo pipefail
key=${1:?an API key with the scope rule-sets}
base=${2:-http://localhost:5080}
. "$(dirname "$0")/calls.sh"

for file in "$(dirname "$0")"/*.json; do
  name=$(basename "$file" .json)
  call PUT "/api/rule-sets/$name" "$(cat "$file")" >/dev/null
  echo "saved $name"
done
