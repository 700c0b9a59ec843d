#!/bin/sh
# Stores a secret from standard input in the Key Vault of the azd environment, then makes the app reload its references:
#
#   printf %s "$value" | infra/hooks/secret.sh NAME
#
# Needs azd (with a provisioned environment), az (signed in) and jq. The value appears in no argument and no deployment.
set -eu

name=${1:?usage: secret.sh NAME, with the value on standard input}

umask 077
body=$(mktemp)
trap 'rm -f "$body"' EXIT
jq --raw-input --slurp '{ properties: { value: . } }' > "$body"

# The control plane, which never returns the value: setting a secret needs no role on the secrets.
az rest --method put --body "@$body" --output none \
  --url "$(azd env get-value KEY_VAULT_RESOURCE_ID)/secrets/$name?api-version=2023-07-01"
az rest --method post --output none \
  --url "$(azd env get-value FUNCTION_APP_RESOURCE_ID)/config/configreferences/appsettings/refresh?api-version=2022-03-01"
echo "Secret $name is set."
