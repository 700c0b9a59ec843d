#!/usr/bin/env bash
# Checks a purchase and decides on it: four eyes, a quorum, and a receipt for every response.
# Usage: samples/purchase-board.sh API_KEY [BASE_ADDRESS]
set -euo pipefail
key=${1:?the API key that the first start printed}
base=${2:-http://localhost:5080}
. "$(dirname "$0")/calls.sh"

started=$(call POST /api/rule-sets/purchase-board/runs '{ "context": {
  "requester": "rob@example.com", "headOfBuying": "hilda@example.com",
  "buyers": ["rob@example.com", "ann@example.com", "bob@example.com"],
  "board": ["ann@example.com", "eve@example.com", "kim@example.com", "lee@example.com"],
  "purchase": { "title": "Desks", "supplier": "Meyer & Söhne", "reason": "Two new colleagues", "items": [{ "what": "Desk", "count": 2, "price": 420 }] } } }')
run=$(member runId "$started")
echo "started:        $started"
sleep 1
echo "ann checks:     $(call POST "/api/tasks/$run-check/responses" '{ "by": "ann@example.com", "values": { "items": [{ "what": "Desk", "count": 2, "price": 399.5 }] } }')"
for person in ann eve kim; do
  echo "$person decides:    $(call POST "/api/tasks/$run-decide/responses" "{ \"by\": \"$person@example.com\", \"values\": { \"limit\": 800, \"name\": \"$person\" } }" || true)"
done
echo "the run:        $(call GET "/api/runs/$run")"
echo "receipts:       $(call GET "/api/runs/$run/receipts")"
