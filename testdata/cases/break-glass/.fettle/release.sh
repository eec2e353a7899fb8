# …
MAY_SKIP='approval freeze hold'
REVIEW=172800 # seconds

# glass_opens GATE: this run uses break glass, and may skip that.
glass_opens() { [ -n "${glass:-}" ] && is_one_of "$1" "$MAY_SKIP"; }

# …
