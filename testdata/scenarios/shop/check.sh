#!/bin/sh
# check.sh NAME [ENVIRONMENT]: a check with a JUnit report.
set -eu
. ./faults.sh
mkdir -p reports
rm -f "reports/$1.xml"
fault check "$1"
if [ -e "$E2E_STATE/faults/lose-report-$1" ]; then exit 0; fi
failures=0
body=''
if [ -e "$E2E_STATE/faults/spoil-report-$1" ]; then failures=1 body='<failure message="no"/>'; fi
printf '<testsuite tests="1" failures="%s"><testcase name="%s">%s</testcase></testsuite>\n' "$failures" "$1" "$body" >"reports/$1.xml"
