# Functions that the sample scripts share: call the API or a review link, and read a member of a JSON response.
call() { # METHOD PATH [BODY]
  curl -sS --fail-with-body -X "$1" "$base$2" -H "Authorization: Bearer $key" -H "Prefer: wait=10" \
    ${3:+-H "Content-Type: application/json" -d "$3"}
}

review() { # LINK BODY
  curl -sS --fail-with-body -X POST "$1" -H "Accept: application/json" -H "Content-Type: application/json" -d "$2"
}

member() { # NAME JSON
  printf '%s' "$2" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}
