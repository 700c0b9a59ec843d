#!/bin/sh
# Creates every named link key that does not exist yet, then makes the app reload its Key Vault references.
# An existing key is never changed: a new value would break every link that was sent.
# The values come from the outputs of the deployment; needs az (signed in) and openssl.
set -eu

: "${KEY_VAULT_RESOURCE_ID:?}" "${FUNCTION_APP_RESOURCE_ID:?}" "${LINK_KEY_NAMES:?}"

umask 077
body=$(mktemp)
trap 'rm -f "$body"' EXIT

for name in $LINK_KEY_NAMES; do
  # The control plane, which never returns the value: deploying needs no role on the secrets.
  secret="$KEY_VAULT_RESOURCE_ID/secrets/$name?api-version=2023-07-01"

  if answer=$(az rest --method get --url "$secret" --output none 2>&1); then
    echo "Link key $name is there."
    continue
  fi

  case $answer in
    *SecretNotFound* | *"Not Found("*) ;;
    *)
      echo "Cannot tell whether link key $name is there: $answer" >&2
      exit 1
      ;;
  esac

  printf '{"properties":{"value":"%s","contentType":"base64 of 32 bytes"}}' "$(openssl rand -base64 32)" > "$body"
  az rest --method put --url "$secret" --body "@$body" --output none
  echo "Link key $name is made."
done

az rest --method post --output none \
  --url "$FUNCTION_APP_RESOURCE_ID/config/configreferences/appsettings/refresh?api-version=2022-03-01"
