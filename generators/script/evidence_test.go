package script_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// What a reader finds in a report: its facts, one a line, of which the last is
// "total": test cases, failed, skipped. Each is judged by every awk that is there.
var junitReports = []struct{ report, facts string }{
	{`<testsuite tests="1"><testcase name="a"/></testsuite>`, "total 1 0 0"},
	{"<testsuite><testcase name=\"a\"><failure\tmessage=\"x\"/></testcase></testsuite>", "failed F: a|total 1 1 0"},
	{"<?xml version=\"1.0\"?>\r\n<testsuite>\r\n<testcase name=\"a\">\r\n<failure\r\ntype=\"x\">1 &lt; 2</failure>\r\n</testcase></testsuite>\r\n", "failed F: a|total 1 1 0"},
	{`<testsuite><testcase name="a"><error/><failure/></testcase><testcase name="b"/></testsuite>`, "failed F: a|total 2 1 0"},
	{`<testsuite><testcase name="a" status="failed"/></testsuite>`, "failed F: a|total 1 1 0"},
	{`<testsuite><testcase name="a"/><error>no database</error></testsuite>`, "failed F: outside of the test cases|total 1 1 0"},

	// A total that says more failures than the cases do.
	{`<testsuite name="s" failures="1"><testcase name="a"/></testsuite>`, "claim F: the suite s says 1 failures, and none of its cases does|total 1 0 0"},
	{`<testsuite name="s" errors='2'/>`, "claim F: the suite s says 2 failures, and none of its cases does|total 0 0 0"},
	{`<testsuites name="all" failures=" 1 "><testsuite failures="0"><testcase name="a"/></testsuite></testsuites>`, "claim F: the suite all says 1 failures, and none of its cases does|total 1 0 0"},
	{`<testsuite failures="some"><testcase name="a"/></testsuite>`, `unreadable F cannot be read: failures="some" is no number.`},

	// Other disagreement: nested suites, reruns, what ran while the suite was torn down.
	{`<testsuite name="s" tests="2"><testcase name="a"/></testsuite>`, "note F: the suite s says 2 test cases, and 1 are there|total 1 0 0"},
	{`<testsuite failures="0"><testcase name="a"><flakyFailure message="once"/></testcase></testsuite>`, "total 1 0 0"},
	{`<testsuite failures="1"><testcase name="a"><failure/><rerunFailure/></testcase></testsuite>`, "failed F: a|total 1 1 0"},
	{`<testsuites><testsuite><testsuite><testcase name="a"/></testsuite></testsuite><testsuite/></testsuites>`, "total 1 0 0"},

	// What was skipped.
	{`<testsuite><testcase name="a"><skipped/></testcase><testcase name="b"/></testsuite>`, "total 2 0 1"},
	{`<testsuite><testcase name="a" status="notrun"/></testsuite>`, "total 1 0 1"},
	{`<testsuite name="s" tests="1" skipped="1"><testcase name="a"/></testsuite>`, "note F: the suite s says that all of it was skipped, and 0 of 1 test cases are|total 1 0 1"},
	{`<testsuite name="s" tests="2" skipped="1"><testcase name="a"/></testsuite>`, "note F: the suite s says 2 test cases, and 1 are there|total 1 0 0"},
	{`<testsuite><testcase name="a"><skipped/><failure/></testcase></testsuite>`, "failed F: a|total 1 1 0"},

	// What looks like an element and is none, and the other way.
	{`<testsuite><!-- <testcase name="a"/> --></testsuite>`, "total 0 0 0"},
	{`<testsuite><testcase name="a > b"><system-out><![CDATA[ <failure/> ]] > ]]></system-out></testcase></testsuite>`, "total 1 0 0"},
	{`<testsuite><?php <failure/> ?><testcase name="a"/></testsuite>`, "total 1 0 0"},
	{`<testsuite ><testcase name = 'a "b"'  ></testcase ></testsuite >`, "total 1 0 0"},
	{`<j:testsuite xmlns:j="urn:j"><j:testcase name="a"><j:failure/></j:testcase></j:testsuite>`, "failed F: a|total 1 1 0"},
	{"\xef\xbb\xbf<!DOCTYPE testsuite>\n<testsuite><testcase name=\"caf\xc3\xa9 \xff\"><system-out>\x1b[31m</system-out></testcase></testsuite>", "total 1 0 0"},
	{"<testsuite><testcase name=\"a\ntotal\t9\t0\t0\"><failure/></testcase></testsuite>", "failed F: a total 9 0 0|total 1 1 0"},

	// No complete XML.
	{``, "unreadable F is empty."},
	{` `, "unreadable F is no XML: it has no element."},
	{`<testsuite><testcase name="a"/>`, "unreadable F is cut off: it ends within <testsuite>."},
	{`<testsuite><testcase name="a"/></testsuite`, "unreadable F is no XML: an end of an element does not end."},
	{`<testsuite><testcase name="a"/><testcase na`, "unreadable F is no XML: the element testcase does not end, or has an attribute without a value in quotes."},
	{`<testsuite><testcase name="a"/><!-- `, "unreadable F is cut off: it ends within <testsuite>."},
	{`<testsuite><testcase name="a"/></testsuite><!--`, "unreadable F is cut off: it ends within a comment."},
	{`<testsuite><testcase name="a"/><system-out><![CDATA[ </system-out></testsuite>`, "unreadable F is cut off: it ends within <system-out>."},
	{`<testsuite><testcase name="a"></testsuite></testcase>`, "unreadable F is no XML: </testsuite> ends what is not open."},
	{`<testsuite/><testsuite/>`, "unreadable F goes on after its end."},
	{`<testsuite/>done`, "unreadable F goes on after its end."},
	{`done`, "unreadable F is no XML: text stands before its first element."},
	{`<testsuite><testcase name="a & b"/></testsuite>`, "unreadable F is no XML: a & in the attribute name begins no character."},
	{`<testsuite>&other;</testsuite>`, "unreadable F is no XML: a & begins no character."},
	{`<testsuite><testcase name="a" name="b"/></testsuite>`, "unreadable F is no XML: the attribute name of testcase stands twice."},
	{`<testsuite><testcase name="a"b="c"/></testsuite>`, "unreadable F is no XML: the element testcase does not end, or has an attribute without a value in quotes."},
	{`<testsuite><testcase name=a/></testsuite>`, "unreadable F is no XML: the element testcase does not end, or has an attribute without a value in quotes."},
	{`<testsuite>1 < 2</testsuite>`, "unreadable F is no XML: a < begins no element."},
	{`<!DOCTYPE x [<!ENTITY f "<testcase name='a'/>">]><testsuite>&f;</testsuite>`, "unreadable F has a document type with declarations of its own, or in a wrong place; they are not read."},
	{"\xff\xfe<\x00t\x00", "unreadable F is written in UTF-16; let the tool write UTF-8."},

	// XML of another kind.
	{`<test-run id="2" failed="0"/>`, "unreadable F is a report of NUnit, and JUnit is read: let it be written or converted as JUnit."},
	{`<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"/>`, "unreadable F is a report of Visual Studio (TRX), and JUnit is read: let a JUnit logger write it (dotnet test --logger junit)."},
	{`<html/>`, "unreadable F is no JUnit: its root is html, and not testsuites or testsuite."},
	{`<testsuite><testcase name="a"><testcase name="b"/></testcase></testsuite>`, "unreadable F is no JUnit: a test case stands within another."},
}

// sarif is a report of one run, with these results and this behind them.
func sarif(results, more string) string {
	return `{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lint", "rules": [{"id": "R0"}, {"id": "R1", "defaultConfiguration": {"level": "error"}}]},
		"extensions": [{"rules": [{"id": "X0", "defaultConfiguration": {"level": "error"}}]}]}, "results": [` + results + `]` + more + `}]}`
}

// "total" is runs, errors, other results.
var sarifReports = []struct{ report, facts string }{
	{sarif("", ""), "total 1 0 0"},
	{sarif(`{"ruleId": "R0", "level": "error"}`, ""), "failed F: lint R0|total 1 1 0"},
	{sarif(`{"ruleId": "R0", "level": "warning"}, {"level": "note"}, {"ruleId": "R0"}, {}`, ""), "total 1 0 4"},
	{sarif(`{"ruleId": "R0", "\u006cevel": "\u0065rror"}`, ""), "failed F: lint R0|total 1 1 0"},
	{sarif(`{"ruleId": "R0", "level": "error", "message": {"text": "a \"level\": \\"}}`, ""), "failed F: lint R0|total 1 1 0"},
	{sarif(`{"ruleId": "R0", "message": {"text": "}]}", "level": "error"}}`, ""), "total 1 0 1"},

	// The level of a rule, where the result has none of its own.
	{sarif(`{"ruleId": "R1"}`, ""), "failed F: lint R1|total 1 1 0"},
	{sarif(`{"ruleIndex": 1}, {"rule": {"index": 1, "id": "R1"}}, {"ruleIndex": 0}`, ""), "failed F: lint |failed F: lint R1|total 1 2 1"},
	{sarif(`{"rule": {"index": 0, "toolComponent": {"index": 0}}}`, ""), "failed F: lint |total 1 1 0"},
	{sarif(`{"ruleId": "R1", "level": "note"}`, ""), "total 1 0 1"},
	{sarif(`{"ruleId": "R0"}`, `, "invocations": [{"executionSuccessful": true, "ruleConfigurationOverrides": [{"configuration": {"level": "error"}}]}]`), "failed F: lint R0|total 1 1 0"},

	// What is no failure.
	{sarif(`{"ruleId": "R1", "kind": "pass"}, {"level": "error", "kind": "review"}`, ""), "total 1 0 2"},
	{sarif(`{"level": "error", "baselineState": "absent"}`, ""), "total 1 0 1"},
	{sarif(`{"level": "error", "suppressions": [{"kind": "inSource"}]}, {"level": "error", "suppressions": [{"kind": "external", "status": "accepted"}]}`, ""), "total 1 0 2"},
	{sarif(`{"ruleId": "a", "level": "error", "suppressions": []}, {"ruleId": "b", "level": "error", "suppressions": [{"status": "accepted"}, {"status": "underReview"}]}, {"ruleId": "c", "level": "error", "suppressions": [{"status": "rejected"}]}`, ""),
		"failed F: lint a|failed F: lint b|failed F: lint c|total 1 3 0"},

	{sarif("", `, "invocations": [{"executionSuccessful": false}]`), "claim F: lint says that it did not run to its end|total 1 0 0"},
	{`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lint"}}}]}`, "unreadable F holds a run of lint without results: nobody knows what was looked at."},
	{`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lint"}}, "results": null}]}`, "unreadable F holds a run of lint without results: nobody knows what was looked at."},
	{`{"version": "2.1.0", "runs": []}`, "unreadable F holds no run of a tool."},
	{`{"version": "1.0.0", "runs": []}`, `unreadable F is no SARIF 2: its version is "1.0.0".`},
	{`{}`, `unreadable F is no SARIF 2: its version is "".`},
	{`[]`, "unreadable F is no SARIF: it is a list."},
	{`"runs"`, "unreadable F is no SARIF: it is no object."},
	{sarif(`{"level": "fatal"}`, ""), "unreadable F is no SARIF: a result has the level fatal."},
	{sarif("", `, "externalPropertyFileReferences": {"results": [{}]}`), "unreadable F keeps parts of itself in other places, which are not read; let the tool write one file."},

	// No complete JSON.
	{``, "unreadable F is empty."},
	{strings.TrimSuffix(sarif("", ""), "}]}"), "unreadable F is cut off: it ends within its JSON."},
	{`{"version": "2.1.`, "unreadable F is cut off: it ends within its JSON."},
	{sarif("", "") + "{}", "unreadable F is no JSON: a { stands where none may."},
	{sarif(`{"level": "error",}`, ""), "unreadable F is no JSON: a list or an object ends where it may not."},
	{sarif(`{},`, ""), "unreadable F is no JSON: a list or an object ends where it may not."},
	{sarif(`{"level": "error", "level": "note"}`, ""), "unreadable F is no JSON that has one meaning: the name level stands twice in an object."},
	{sarif(`{"level" "error"}`, ""), "unreadable F is no JSON: a value stands where none may."},
	{sarif(`{"level": error}`, ""), "unreadable F is no JSON: error is no value."},
	{sarif(`{"rank": 01}`, ""), "unreadable F is no JSON: 01 is no value."},
	{sarif(`{"level": "a`+"\n"+`b"}`, ""), "unreadable F is no JSON: a text holds a line break or another control character."},
	{sarif(`{"level": "\x41"}`, ""), `unreadable F is no JSON: a \ begins no character.`},
	{"\xff\xfe{\x00", "unreadable F is written in UTF-16; let the tool write UTF-8."},
}

// realReports are what the tools themselves wrote, in testdata/reports, each
// with a report that passes and one that fails.
var realReports = map[string]string{
	"ctest-passes.xml":         "total 2 0 1",
	"ctest-fails.xml":          "failed F: fails.fails|total 3 1 1",
	"gotestsum-passes.xml":     "total 2 0 1",
	"gotestsum-fails.xml":      "failed F: example.com/shop/bad.TestAdds|total 3 1 1",
	"gotestsum-not-built.xml":  "failed F: TestMain|note F: the suite example.com/shop/bad says 0 test cases, and 1 are there|note F: the suite  says 2 test cases, and 3 are there|total 3 1 1",
	"jest-passes.xml":          "total 2 0 1",
	"jest-fails.xml":           "failed F: cart adds <b> & more.cart adds <b> & more|total 4 1 1",
	"mocha-passes.xml":         "note F: the suite cart says 2 test cases, and 1 are there|note F: the suite Mocha Tests says 2 test cases, and 1 are there|total 1 0 0",
	"mocha-fails.xml":          `failed F: adds.cart adds|failed F: "after all" hook for "adds".cart "after all" hook for "adds"|note F: the suite cart says 1 test cases, and 2 are there|note F: the suite Mocha Tests says 1 test cases, and 2 are there|total 2 2 0`,
	"phpunit-passes.xml":       "total 2 0 1",
	"phpunit-fails.xml":        "failed F: BadTest.testAdds|failed F: BadTest.testThrows|total 2 2 0",
	"pytest-passes.xml":        "total 2 0 1",
	"pytest-fails.xml":         "failed F: test_bad.test_adds|failed F: test_bad.test_torn|note F: the suite pytest says 5 test cases, and 4 are there|total 4 2 1",
	"pytest-torn-down.xml":     "failed F: test_torn.test_torn|note F: the suite pytest says 2 test cases, and 1 are there|total 1 1 0",
	"pytest-found-nothing.xml": "total 0 0 0",
	"vitest-passes.xml":        "total 2 0 1",
	"vitest-fails.xml":         "failed F: v/bad.test.js.adds|total 1 1 0",
	"eslint-clean.sarif":       "total 1 0 0",
	"eslint-passes.sarif":      "total 1 0 1",
	"eslint-fails.sarif":       "failed F: ESLint no-undef|total 1 1 2",
}

// TestReports has every report judged by the script's readers, in one process
// for each awk of the machine.
func TestReports(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var files, want []string
	add := func(file, facts string) {
		files = append(files, file)
		want = append(want, facts)
	}
	for i, r := range junitReports {
		file := filepath.Join(dir, fmt.Sprintf("%d.xml", i))
		write(t, file, r.report, 0o644)
		add(file, r.facts)
	}
	for i, r := range sarifReports {
		file := filepath.Join(dir, fmt.Sprintf("%d.sarif", i))
		write(t, file, r.report, 0o644)
		add(file, r.facts)
	}
	for name, facts := range realReports {
		file, err := filepath.Abs(filepath.Join("../../testdata/reports", name))
		if err != nil {
			t.Fatal(err)
		}
		add(file, facts)
	}
	write(t, filepath.Join(dir, "readers.sh"), strings.TrimSuffix(string(script.Render(settings())), "main \"$@\"\n")+`
for file; do
  printf '%s\n' "$file" >list
  case $file in *.sarif) read_sarif list ;; *) read_junit list ;; esac
  echo ---
done
`, 0o644)
	for _, awk := range awks(t) {
		said := judged(t, dir, awk, files)
		for i, file := range files {
			if got := strings.ReplaceAll(said[i], file, "F"); got != want[i] {
				content, _ := os.ReadFile(file)
				t.Errorf("%s\n%s\n%s\nwant\n%s\n", awk, content, got, want[i])
			}
		}
	}
}

// awks are the commands that are an awk: the machine's own, and others that are there.
func awks(t *testing.T) [][]string {
	t.Helper()
	out := [][]string{{"awk"}}
	for _, command := range [][]string{{"mawk"}, {"gawk"}, {"gawk", "--posix"}, {"original-awk"}, {"busybox", "awk"}} {
		if _, err := exec.LookPath(command[0]); err == nil {
			out = append(out, command)
		}
	}
	return out
}

// judged is what the readers say of each file.
func judged(t *testing.T, dir string, awk, files []string) []string {
	t.Helper()
	bin := filepath.Join(dir, strings.Join(awk, "-"))
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath(awk[0])
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(bin, "awk"), "#!/bin/sh\nexec "+program+" "+strings.Join(awk[1:], " ")+" \"$@\"\n", 0o755)
	c := exec.Command("sh", append([]string{"readers.sh"}, files...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", awk, err, out)
	}
	said := strings.Split(string(out), "---\n")
	if len(said) != len(files)+1 {
		t.Fatalf("%s: %d answers for %d reports\n%s", awk, len(said)-1, len(files), out)
	}
	for i, text := range said {
		said[i] = strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "|"), "\t", " ")
	}
	return said
}

// The report decides, and only one that this run made.
// What a check's job did not hand on did not happen, whatever was called.
func TestCandidateTakesOutcomes(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.run++
	h.ok("delivery", "identify", "delivery")
	for _, c := range []struct{ variable, value, want string }{
		{"RELEASE_EVIDENCE_UNIT", "", "the check unit handed on no outcome"},
		{"RELEASE_EVIDENCE_UNIT", "passed", "the check unit handed on no outcome"},
		{"RELEASE_RESULT_UNIT", "failure", "the job of the check unit ended with: failure"},
		{"RELEASE_RESULT_UNIT", "Skipped", "the job of the check unit ended with: Skipped"},
	} {
		h.asked = map[string]string{c.variable: c.value}
		h.refused(c.want, "delivery", "candidate", "unit")
	}
	h.asked = map[string]string{"RELEASE_EVIDENCE_CI_UNIT": "sha256:0", "RELEASE_RESULT_CI_UNIT": "SucceededWithIssues"}
	h.refused("hand on no outcome", "delivery", "candidate", "older", "unit")
	h.ok("delivery", "candidate", "unit", "ci/unit")
	said := h.git(h.remote, "show", "--no-patch", "--format=%B", "fettle/ledger")
	if strings.Count(said, "Check: unit=passed") != 1 || !strings.Contains(said, "Evidence: unit exit-code\nEvidence: unit sha256:0\n") {
		t.Errorf("the entry says\n%s", said)
	}
}

// A hotfix branch has the pipeline files of its release, and today's script.
func TestCandidateOfOlderFiles(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery")
	h.fixOn("hotfix/43", "fix.txt")
	h.run++
	h.out = map[string]string{}
	h.ok("hotfix", "identify", "hotfix")
	h.ok("hotfix", "candidate", "older", "unit")
	if said := h.ok("hotfix", "request", "production"); !strings.Contains(said, "older than the release script") {
		t.Errorf("whoever approves is not told:\n%s", said)
	}
}

// The outcome is of the reports that are there when the job of the check ends.
func TestOutcome(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	write(t, filepath.Join(h.work, "a.xml"), "<testsuite/>", 0o644)
	h.ok("delivery", "outcome", "unit=*.xml", "ci/smoke")
	first := h.out["evidence_unit"]
	if !strings.HasPrefix(first, "sha256:") || h.out["evidence_ci_smoke"] != "exit-code" {
		t.Errorf("handed on: %v", h.out)
	}
	write(t, filepath.Join(h.work, "a.xml"), "<testsuite name='other'/>", 0o644)
	h.ok("delivery", "outcome", "unit=*.xml")
	if h.out["evidence_unit"] == first {
		t.Error("another report has the same digest")
	}
	h.refused("left no report", "delivery", "outcome", "unit=*.sarif")
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	put := func(name, report string) {
		os.MkdirAll(filepath.Dir(filepath.Join(h.work, name)), 0o755)
		write(t, filepath.Join(h.work, name), report, 0o644)
	}
	const passed = `<testsuite><testcase name="a"/></testsuite>`
	for report, want := range map[string]string{
		passed: "",
		`<testsuite><testcase name="a"><failure>x</failure></testcase></testsuite>`: "holds 1 failures in 1 test cases: report.xml: a",
		`<testsuite/>`: "holds no test case",
		`<testsuite failures="1"><testcase name="a"/></testsuite>`:        "says that it failed: report.xml: the suite  says 1 failures",
		`<testsuite errors="1"/>`:                                         "says that it failed",
		`<testsuite><testcase name="a"><skipped/></testcase></testsuite>`: "holds 1 test cases, and all of them were skipped",
		`<testsuite><testcase name="a"/>`:                                 "cannot be used: report.xml is cut off",
	} {
		put("report.xml", report)
		if want == "" {
			h.ok("delivery", "evidence", "unit", "*.xml")
		} else {
			h.refused(want, "delivery", "evidence", "unit", "*.xml")
		}
	}
	put("lint.sarif", sarif(`{"ruleId": "R1"}`, ""))
	h.refused("holds 1 errors: lint.sarif: lint R1", "delivery", "evidence", "lint", "*.sarif")
	put("lint.sarif", sarif("", ""))
	h.ok("delivery", "evidence", "lint", "*.sarif")

	// One of several decides, and one that is ignored is no less a report.
	put("reports/a.xml", passed)
	put("reports/b \"c\".xml", `<testsuite><testcase name="a"><error/></testcase></testsuite>`)
	h.refused("cannot be opened", "delivery", "evidence", "unit", "reports/*.xml")
	put(".gitignore", "reports/\n")
	put("reports/sub/a.xml", passed)
	put("reports/a.txt", "kept")
	h.ok("delivery", "clear-report", "unit", "reports/*.xml")
	h.refused("left no report", "delivery", "evidence", "unit", "reports/*.xml")
	for name, there := range map[string]bool{"reports/a.xml": false, "reports/b \"c\".xml": false, "reports/sub/a.xml": true, "reports/a.txt": true} {
		if _, err := os.Stat(filepath.Join(h.work, name)); (err == nil) != there {
			t.Errorf("%s: there is %v", name, err)
		}
	}
	h.ok("delivery", "clear-report", "unit", "reports/*.xml")

	h.git(h.work, "add", "--force", "reports/sub/a.xml")
	for _, operation := range []string{"clear-report", "evidence"} {
		h.refused("reports/sub/a.xml of the check unit is part of the repository", "delivery", operation, "unit", "reports/**/*.xml")
	}
}
