#!/bin/sh
# check.sh NAME [ENVIRONMENT]: a check with a JUnit report.
set -eu
. ./faults.sh
report="reports/$1.xml"
[ ! -e .gitmodules ] || git submodule --quiet update --init
faulty() { [ -e "$E2E_STATE/faults/$1" ]; }

fresh "check-$1"
mkdir -p reports
fault check "$1"
if faulty "lose-report-$1"; then exit 0; fi
test="<testcase name=\"$1\"/>"
if faulty "spoil-report-$1"; then
  test="<testcase name=\"$1\"><failure message=\"no\"/></testcase>"
elif faulty "spoil-report-$1-skipped"; then
  test="<testcase name=\"$1\"><skipped/></testcase>"
fi
if faulty "spoil-report-$1-cut"; then
  printf '<testsuite>%s<testcase na' "$test" >"$report"
elif faulty "spoil-report-$1-suite"; then
  printf '<testsuite name="%s" failures="1">%s</testsuite>\n' "$1" "$test" >"$report"
else
  printf '<testsuite tests="1">%s</testsuite>\n' "$test" >"$report"
fi
