#!/usr/bin/env bash
# Runs the three agent samples with simulated responses: starts a scripted model and a host in a separate folder, and stops
# them at the end. No key is needed.
# With OPENAI_API_KEY in the environment the same samples use a real model (OPENAI_MODEL, default gpt-4.1-mini), and you
# respond at the address that is printed.
# Usage: samples/agents.sh
set -euo pipefail
cd "$(dirname "$0")/.."
base=http://127.0.0.1:5081
folder=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT

dotnet build HumanTasks.Standalone -v quiet >/dev/null
dotnet build samples/scripted-model -v quiet >/dev/null
number=0
for model in extraction-agent offers-agent deletion-agent; do
  export "HumanTasks__Models__${number}__Name=$model"
  if [ -n "${OPENAI_API_KEY:-}" ]; then
    export "HumanTasks__Models__${number}__Model=${OPENAI_MODEL:-gpt-4.1-mini}" "HumanTasks__Models__${number}__ApiKey=$OPENAI_API_KEY"
  else
    export "HumanTasks__Models__${number}__Endpoint=http://127.0.0.1:5099/v1"
  fi
  number=$((number + 1))
done

if [ -z "${OPENAI_API_KEY:-}" ]; then
  dotnet samples/scripted-model/bin/Debug/net10.0/ScriptedModel.dll >/dev/null &
  pids+=($!)
fi
ASPNETCORE_ENVIRONMENT=Development HumanTasks__DataFolder="$folder/data" \
  dotnet HumanTasks.Standalone/bin/Debug/net10.0/HumanTasks.Standalone.dll --urls "$base" >"$folder/host.log" 2>&1 &
pids+=($!)
until key=$(grep -o 'ht_[A-Za-z0-9_-]\{43\}' "$folder/host.log" | head -1) && [ -n "$key" ]; do sleep 0.2; done
. samples/calls.sh

start() { # RULE_SET CONTEXT
  member runId "$(call POST "/api/rule-sets/$1/runs" "{ \"context\": $2 }")"
}

look() { # PATH: as it stands, without waiting
  curl -sS --fail-with-body "$base$1" -H "Authorization: Bearer $key"
}

asked() { # RUN ROUND: waits for the task of a run in that round, answers its id
  local id="" task=""
  until [ -n "$id" ]; do id=$(look "/api/tasks?runId=$1&status=pending" | sed -n 's/.*"items":\[{"id":"\([^"]*\)".*/\1/p'); sleep 0.2; done
  until task=$(look "/api/tasks/$id") && [ "$(printf '%s' "$task" | grep -o '"openedAt"' | wc -l)" -ge "$2" ]; do sleep 0.2; done
  printf '%s' "$id"
}

answer() { # TASK VALUES
  call POST "/api/tasks/$1/responses" "{ \"values\": $2, \"by\": \"sample\" }" >/dev/null
}

finish() { # RUN
  if [ -n "${OPENAI_API_KEY:-}" ]; then
    echo "           answer at $base/dev/mail; waiting ..." >&2
  fi
  until call GET "/api/runs/$1" | grep -q '"status":"\(completed\|failed\|cancelled\|expired\)"'; do sleep 0.5; done
  call GET "/api/runs/$1" | sed -n 's/.*"output":\(.*\),"error".*/\1/p'
}

scripted() { [ -z "${OPENAI_API_KEY:-}" ]; }

run=$(start agent-extraction '{ "clerk": "clerk@example.com", "document": "R-17.pdf", "text": "R-17, 99.90 EUR, due 31 January 2027, DE89370400440532013000", "extracted": { "iban": "DE89 3704", "amount": 99.9, "dueDate": "2027-01-31" } }')
scripted && answer "$(asked "$run" 1)" '{ "iban": "DE89370400440532013000", "amount": 99.9, "dueDate": "2027-01-31" }'
echo "extraction: $(finish "$run")"

run=$(start agent-offers '{ "buyer": "buyer@example.com", "what": "20 chairs", "offers": [ { "name": "Schulze", "price": 1800, "days": 30 }, { "name": "Meyer", "price": 1950, "days": 5 } ] }')
if scripted; then
  task=$(asked "$run" 1)
  answer "$task" '{ "offer": "Meyer" }'
  asked "$run" 2 >/dev/null
  answer "$task" '{ "reason": "They deliver before the opening." }'
fi
echo "offers:     $(finish "$run")"

run=$(start agent-declined '{ "keeper": "keeper@example.com", "customer": "Meyer", "requestedBy": "a caller" }')
scripted && call POST "/api/tasks/$(asked "$run" 1)/reject" '{ "reason": "The invoices must be kept." }' >/dev/null
echo "declined:   $(finish "$run")"
