#!/usr/bin/env bash
# Starts an invoice approval, responds as the reviewer would, and shows the continuation.
# Usage: samples/invoice-approval.sh API_KEY [BASE_ADDRESS]
set -euo pipefail
key=${1:?the API key that the first start printed}
base=${2:-http://localhost:5080}
. "$(dirname "$0")/calls.sh"

started=$(call POST /api/rule-sets/invoice-approval/runs \
  '{ "context": { "invoice": { "number": "R-17", "supplier": "Meyer", "amount": 1200 } }, "correlationId": "sample-invoice" }')
echo "started:   $started"
link=$(member approvalLink "$started")

answer=$(review "$link" '{ "values": { "decision": "approve", "amount": 1150 } }')
echo "answered:  $answer"
echo "goes on:   $(call GET "/api/runs/$(member runId "$answer")")"
