lock=$(sed -n "s/^$CI_JOB_NAME //p" "$E2E_LOCKS")
[ -z "$lock" ] || curl --silent --fail --request POST "$E2E_CONTROL/unlock?name=$lock"
