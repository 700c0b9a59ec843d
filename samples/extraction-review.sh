#!/usr/bin/env bash
# Sends extracted data with low confidence, corrects it as a person would, and shows the continuation.
# Usage: samples/extraction-review.sh API_KEY [BASE_ADDRESS]
set -euo pipefail
key=${1:?the API key that the first start printed}
base=${2:-http://localhost:5080}
. "$(dirname "$0")/calls.sh"

started=$(call POST /api/rule-sets/extraction-review/runs \
  '{ "context": { "document": "scan-0042.pdf", "confidence": 0.71, "extracted": { "iban": "DE89 3704", "amount": 99.9 } } }')
echo "started:   $started"
link=$(member correctionLink "$started")

echo "refused:   $(review "$link" '{ "values": { "iban": "DE89 3704", "amount": "99.90" } }' || true)"
answer=$(review "$link" '{ "values": { "iban": "DE89370400440532013000", "amount": 99.90, "dueDate": "2027-01-31" } }')
echo "answered:  $answer"
echo "goes on:   $(call GET "/api/runs/$(member runId "$answer")")"
