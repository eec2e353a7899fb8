package schema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
)

// The messages of the language, one constructor each.

func waivesNothing(at hcl.Range) *diag.Diagnostic {
	return diag.WithNumber(diag.Problem("missing-attribute", at, "Missing required argument", "waive needs \"check\" or \"environment\": what a hotfix leaves out."), "HF011")
}

func waivesTwo(at hcl.Range) *diag.Diagnostic {
	return diag.WithNumber(diag.Problem("waives-two", at, "Waiver of two things", "A waiver has one reason, for a check or for an environment. Write a second waive block."), "HF011")
}

func missingBlock(name, example string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("missing-block", at, "Missing block", "The policy has no block %q. Write: %s", name, example)
}

func notStatic(name string, v language.RunValue, via []string, at hcl.Range) *diag.Diagnostic {
	if strings.HasSuffix(string(v), "()") {
		return eval.CommandNotHere(string(v), at)
	}
	return diag.Problem("run-value-too-early", at, "Value known only later", "%q is needed while the policy is compiled, but %s%s is known only when the pipeline runs.", name, v, eval.Through(via))
}

// quotedReference is a reference in quotes, such as "check.unit".
func quotedReference(kind, text string, at hcl.Range) *diag.Diagnostic {
	d := notReference(kind, at)
	d.Fix = &diag.Fix{Message: "Write it without quotes", Edits: []diag.Edit{{Range: at, New: text}}}
	return d
}

func notReference(kind string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("not-a-reference", at, "Not a reference", "Write %s.NAME here, without quotes.", kind)
}

func wrongReference(kind, root string, at hcl.Range) *diag.Diagnostic {
	if near := diag.Nearest(root, []string{kind}); near != "" {
		return diag.Problem("not-a-reference", at, "Unknown kind of reference", "There is nothing called %q. Did you mean %q?", root, kind)
	}
	return diag.Problem("not-a-reference", at, "Wrong kind of reference", "This must be a reference to %s: %s.NAME. It is one to %q.", article(kind), kind, root)
}

func matrixTooLarge(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("matrix-too-large", at, "Matrix too large", "A matrix has %d combinations at most: each is a job of every flow that runs the check. Write fewer values, or several checks.", maxCells)
}

func badAxis(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-matrix", at, "Name that a matrix cannot have", "%q is read as matrix.NAME: write a lower-case letter, then lower-case letters, digits or _.", name)
}

func badAxisValue(value string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-matrix", at, "Value that no job can be named after", "%q becomes part of the check's name. Write letters and digits, with . _ + or - between them, %d characters at most.", value, maxAxisValue)
}

func sameCells(id string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("same-id", at, "Two combinations that become one", "Two combinations of the matrix both become the check %q, since . _ and + are written as - there. Change a value.", id)
}

func nestedList(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("not-supported-yet", at, "Not supported yet", "A list in a list is reserved for parallel environments. Write one list, in the order in which they are deployed.")
}

// secondInList goes with the comma before it.
func secondInList(name string, first, at hcl.Range, before hcl.Pos) *diag.Diagnostic {
	d := twiceInList(name, first, at)
	d.Fix = &diag.Fix{Message: "Remove the second", Edits: []diag.Edit{{Range: hcl.Range{Filename: at.Filename, Start: before, End: at.End}}}}
	return d
}

func twiceInList(name string, first, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("duplicate", at, "Named twice", "%q stands twice in this list. Keep one of them.", name)
	d.Notes = []diag.Note{{Range: first, Text: "first named here"}}
	return d
}

func extendsCycle(path []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("cycle", at, "Policies that extend each other in a circle", "%s. One of them must not extend the next.", strings.Join(path, " → "))
}

func unknownEnum(name, got string, values []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-choice", at, "Invalid value", "%q is not something that %q can be.%s", got, name, diag.Suggest(got, values))
}

func badDuration(name, got string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-duration", at, "Not a duration", "%q is not a duration for %q. Write a number above zero with m, h or d: 30m, 4h, 3d.", got, name)
}

func neverSkipped(gate, why string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("never-skipped", at, "Gate that nothing opens", "A break glass never skips %q: %s. It may skip: %s.", gate, why, strings.Join(language.Skippable, ", "))
}

func badMoment(name, got string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-moment", at, "Neither a day nor a time", "%q is no day for %q. Write 2026-12-19, or with a time 2026-12-19T18:00; the time zone is an attribute of its own.", got, name)
}

func noSuchTime(got, zone string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("no-such-time", at, "Time that no clock shows", "The clocks of %s are put forward that day, and %s never comes. Write the time before or after it.", zone, got)
}

func unknownZone(got string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-timezone", at, "Unknown time zone", "There is no time zone %q.%s Write a place, such as Europe/Berlin, or UTC: an abbreviation says nothing of summer time.", got, diag.Suggest(got, known))
}

func endsBeforeStart(what string, from, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("ends-before-start", at, "End before the start", "%s is over before it begins, and holds nothing back. Write a later `to`.", what)
	d.Notes = []diag.Note{{Range: from, Text: "it begins here"}}
	return d
}

func exceptionOutside(freeze string, of, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("exception-outside", at, "Exception outside of its freeze", "This is not inside of the freeze %q, which it makes an exception of. Change its times, or those of the freeze.", freeze)
	d.Notes = []diag.Note{{Range: of, Text: "the freeze is here"}}
	return d
}

func durationTooLong(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-duration", at, "Duration too long", "%q can be 30 days at most: no CI system waits longer.", name)
}

func badRoot(path string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-root", at, "No place for a root file", "%q cannot be GitLab's root file: write a path from the top of the repository, to a file that ends with .yml and lies in no folder of generated files (.gitlab/fettle/, .github/, .azure-pipelines/, .jenkins/, .fettle/).", path)
}

func twoRoots(p, o *Policy) *diag.Diagnostic {
	d := diag.Problem("roots-differ", p.GitLabRoot.Range, "Two root files for GitLab", "A project has one, for all policies: for the policy %q it is %s, for the policy %q %s. Write the same into both.", p.Name, p.GitLabRoot.V, o.Name, o.GitLabRoot.V)
	d.Notes = []diag.Note{{Range: o.GitLabRoot.Range, Text: "the other policy"}}
	return d
}

func twoDefaults(p, o *Policy) *diag.Diagnostic {
	d := diag.Problem("default-branches-differ", p.Default.Range, "Two default branches", "A repository has one: for the policy %q it is %s, for the policy %q %s. Write default_branch in the policy whose mainline it is not.", p.Name, p.Default.V, o.Name, o.Default.V)
	d.Notes = []diag.Note{{Range: o.Default.Range, Text: "the other policy"}}
	return d
}

func badComponent(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-component", at, "Bad name of a component", "%q becomes part of tags, branches, jobs and files: write small letters and digits, with single hyphens between them, 40 at most.", name)
}

func noComponent(p, o *Policy) *diag.Diagnostic {
	d := diag.Problem("component-missing", p.Range, "Two policies without a component", "The policies %q and %q share a repository, and nothing keeps their names apart. Write component = \"…\" into at least one of them.", p.Name, o.Name)
	d.Notes = []diag.Note{{Range: o.Range, Text: "the other policy"}}
	return d
}

func takenComponent(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-component", at, "Component without a folder", "The release script of %q would be in the folder .fettle/%s, and that name is taken, by fettle or by Windows. Choose another name.", name, name)
}

func componentTwice(p, o *Policy) *diag.Diagnostic {
	d := diag.Problem("component-twice", p.Component.Range, "Component of two policies", "The policies %q and %q are both for the component %q. Give each a component of its own.", p.Name, o.Name, p.Component.V)
	d.Notes = []diag.Note{{Range: o.Component.Range, Text: "the other policy"}}
	return d
}

func twoLedgers(p, o *Policy) *diag.Diagnostic {
	d := diag.Problem("ledgers-differ", p.Names.Ledger.Range, "Two ledgers", "A repository has one ledger, and the policy %q calls it %q, the policy %q %q. Give both the same.", p.Name, p.Names.Ledger.V, o.Name, o.Names.Ledger.V)
	d.Notes = []diag.Note{{Range: o.Names.Ledger.Range, Text: "the other policy"}}
	return d
}

func namesClash(p, o *Policy, a, b named) *diag.Diagnostic {
	at, other := a.at, b.at
	if !a.given && b.given {
		at, other = b.at, a.at
	}
	d := diag.Problem("names-clash", at, "Names that two policies would share",
		"%s of the policy %q is %s, and %s of the policy %q is %s: one name in git could mean both. Write the component into the pattern, or leave it out: the default has it.", a.what, p.Name, displayPattern(a.text), b.what, o.Name, displayPattern(b.text))
	d.Notes = []diag.Note{{Range: other, Text: "the other policy"}}
	return d
}

// displayPattern is a pattern as a policy writes it.
func displayPattern(text string) string { return strings.ReplaceAll(text, "*", "${version}") }

func badPattern(name, why, number string, at hcl.Range) *diag.Diagnostic {
	return diag.WithNumber(diag.Problem("bad-name-pattern", at, "Name that git or a host refuses", "The pattern %q %s.", name, why), number)
}

func namesCollide(a, b, why string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("names-collide", at, "Names that cannot stand side by side", "%q and %q: %s", a, b, why)
}

func badVariableName(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-variable-name", at, "Not a name for an environment variable", "%q: write letters, digits and _, and no digit first.", name)
}

func badValueName(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-variable-name", at, "Not a name for a deployment value", "%q becomes the end of an environment variable, DEPLOYMENT_VALUE_…: write letters, digits, _ and -.", name)
}

func reservedVariable(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("reserved-variable", at, "Variable that fettle sets", "%q is set by the pipelines themselves: names that begin with RELEASE_, DEPLOYMENT_ and FETTLE_, in capitals or not, are theirs. Choose another.", name)
}

func unknownType(d *hcl.Diagnostic) *diag.Diagnostic {
	return diag.Problem("unknown-type", *d.Subject, "Unknown type", "%s There are: string, number, bool, any, list(…), set(…), map(…), object({…}), tuple([…]).", d.Detail)
}

func notConstant(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("not-constant", at, "Default that refers to something", "The default of variable %q is written out: it refers to nothing. For a value made of others write a local.", name)
}

func missingVariable(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("missing-variable", at, "Variable without a value", "Variable %q has no default, so its value must be given: --var %s=…, --var-file FILE, or FETTLE_VAR_%s in the environment.", name, name, name)
}

func unfitValue(name, want, got string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unfit-value", at, "Value that does not fit the variable", "Variable %q is %s, and this is %s.", name, want, got)
}

func refusedValue(name, message, value string, at, condition hcl.Range) *diag.Diagnostic {
	d := diag.Problem("refused-value", at, "Value that the policy refuses", "%s Variable %q is %s here.", sentence(message), name, value)
	d.Notes = []diag.Note{{Range: condition, Text: "the condition is here"}}
	return d
}

// sentence ends a message of the policy as a sentence.
func sentence(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

func activeMissing(targets []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("active-missing", at, "No active target", "There are several targets (%s), and one of them deploys: CI systems do not share locks. Add `active = \"…\"` to the policy.", strings.Join(targets, ", "))
}

func activeUnknown(name string, targets []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("active-unknown", at, "Active target is no target", "%q is not among the targets.%s", name, diag.Suggest(name, targets))
}

func exclusive(a, b string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("exclusive", at, "One of two", "%q and %q exclude each other. Keep one.", a, b)
}

func shellNeedsWindows(shell string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("shell-needs-windows", at, "Shell of another operating system", "%q exists on Windows only, and this runs elsewhere. Name an agent whose os is windows, or another shell.", shell)
}

func emptyList(name, doc string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("empty-list", at, "Empty list", "%q needs something in it. %s", name, doc)
}

func badCron(why string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-cron", at, "Time that not every system takes", "This is no time that means the same on every system: %s. Write minute, hour, day of the month, month and day of the week, as in \"0 3 * * 1-5\".", why)
}

func optionWithoutTarget(target string, targets []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("setting-without-target", at, "Option of a system that is not a target", "%q is not among the targets (%s), so this would be written nowhere. Remove it, or add the target.", target, strings.Join(targets, ", "))
}

func badTokenName(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-token-name", at, "Name that a token cannot have", "%q: write capitals, digits and _, ending with _TOKEN, and nothing that begins with CI_, GITLAB_, GIT_, RELEASE_ or FETTLE_, which others read.", name)
}

func badCommitter(what, text string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-committer", at, "Nobody that git could name", "%q is no %s of a committer: git takes a name without < and >, with more than signs in it, and an address with one @. Write what the host has for the account that pushes.", text, what)
}

func badDownload(address string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-download", at, "Not the address of a download", "%q: write https:// (or http://: the checksum decides), a host and a path. A user, a password or a query is not taken: everybody reads what is in a policy.", address)
}

func badProgramVersion(version string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-program-version", at, "Not the version of a program", "%q: write what `fettle version` prints after the name, as v0.9.0.", version)
}

func badChecksum(sum string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-checksum", at, "Not a checksum", "%q is no SHA-256 in 64 hexadecimal digits, in lower case. checksums.txt of a release has it, or `sha256sum FILE`.", sum)
}

func badContainer(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-container", at, "Not the name of an image", "%q: write registry/name@sha256:…, in lower-case letters.", name)
}

func containerNeedsLinux(os string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("container-needs-linux", at, "Container of another operating system", "Jobs run in a container on Linux alone: not every target can start one on %s. Let the machine have what the image has, or make an agent whose os is linux.", os)
}

func containerNotPinned(name string, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("container-not-pinned", at, "Image by a name that can be moved", "%q may be another image tomorrow, and checks that passed would not have run in what deploys. Write its digest: %s@sha256:….", name, strings.SplitN(name, "@", 2)[0])
	d.Severity = diag.Warning
	return d
}

func nativeKeysOfDeployment(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("native-keys-of-deployment", at, "Native keys of a deployment", "Keys of a job count for all of it, and this one runs the guards and records what it did. Only steps may be added to a deployment, after its success was recorded.")
}

func emptyText(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("empty-text", at, "Empty text", "%q is empty. Write what is meant, or leave it out.", name)
}

func badExpression(name, why string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-expression", at, "Not a regular expression", "%q is not one that every shell reads: %s.", name, why)
}

func absolutePath(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("path-outside", at, "Path outside the repository", "%q is a path relative to the repository, without .. in it.", name)
}

func unknownReport(glob string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-report", at, "Unsupported report", "%q: end it in .xml for JUnit or in .sarif for SARIF. Of a tool that writes neither (TAP, plain text), let the exit code decide: leave `report` out, or convert what it writes.", glob)
}

func imageArguments(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-image", at, "Image not named", "image() takes two texts: the repository, and the file to which the build writes the digest: image(\"registry.example.com/acme/pay\", \"build/digest\").")
}

func badRepository(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-image", at, "Not the repository of an image", "%q: write the host and the lower-case name, without https:// and without a tag, since the digest says which image: registry.example.com/acme/pay.", name)
}

func unplainPath(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unplain-path", at, "Path that needs quotes", "%q is used in commands of every system: write letters, digits and . _ - /, and no dash first.", name)
}

func badSource(name, what string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-source", at, "Not what deliveries come from", "%q. %s; a branch with a life of its own is a policy of its own, with that branch as its mainline.", name, what)
}

func badGlob(glob, why string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-glob", at, "Not a pattern of files", "%q %s.", glob, why)
}

func article(kind string) string {
	if strings.ContainsAny(kind[:1], "aeiou") {
		return "an " + kind
	}
	return "a " + kind
}
