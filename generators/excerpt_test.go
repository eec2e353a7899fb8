package generators_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// showsFile says what a case keeps of the generated files. A line that begins
// without a blank names a file (a name that ends with a slash: every file in
// that folder); the lines below it, indented, say what of it: a block that begins
// so, or "a > b" for such a block b inside of a. Without such lines the file is
// kept whole.
const showsFile = "shows.txt"

// keptFile is a file, and the blocks that are kept of it: all where there are none.
type keptFile struct {
	path   string
	blocks []string
}

func parseShows(text string) []keptFile {
	var out []keptFile
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "", strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, " "):
			last := &out[len(out)-1]
			last.blocks = append(last.blocks, strings.TrimSpace(line))
		default:
			out = append(out, keptFile{path: line})
		}
	}
	return out
}

// longest are the lines of an excerpt that somebody reads.
const longest = 100

// keep adds what a case shows of its generated files, and demands that it shows
// something of each of its targets.
func keep(t *testing.T, c *compiled, want map[string][]byte) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, showsFile))
	must(t, err)
	shows := parseShows(string(text))
	for _, s := range shows {
		found := false
		for _, f := range c.repository.Files {
			path := goldenPath(f.Path)
			folder := strings.HasSuffix(s.path, "/") && strings.HasPrefix(path, s.path)
			if path != s.path && !folder {
				continue
			}
			found = true
			want[path] = f.Content
			if len(s.blocks) == 0 {
				continue
			}
			kept, missing := excerpt(path, string(f.Content), s.blocks)
			for _, block := range missing {
				t.Errorf("%s: %s has nothing that begins with %q", showsFile, path, block)
			}
			if n := strings.Count(kept, "\n"); n > longest {
				t.Errorf("%s: %d lines of %s are no excerpt that somebody reads", showsFile, n, path)
			}
			want[path] = []byte(kept)
		}
		if !found {
			t.Errorf("%s: %s is not generated", showsFile, s.path)
		}
	}
	for _, target := range c.repository.Results[0].Plan.Targets {
		if !slices.ContainsFunc(shows, func(s keptFile) bool { return strings.HasPrefix(s.path, target+"/") }) {
			t.Errorf("%s: nothing of %s is keptFile", showsFile, target)
		}
	}
}

// everywhere are the blocks that most jobs have, and no case is about: they are
// left out of an excerpt, so that a change of one is seen in the files that are
// kept whole, and in few of them.
var everywhere = []string{"- uses: actions/checkout@", "- name: Get a token that may push", "- name: Get a new token that may push", "# A token lives for an hour", "- checkout: self", "startClean()", "startWithScript()",
	"- name: Hand on the outcome", "dotenv: release.env"}

// isEverywhere tells whether a block is one of those. The step of Azure that
// hands an outcome on has its name below its text.
func isEverywhere(block []string) bool {
	first := strings.TrimSpace(block[0])
	if slices.ContainsFunc(block, func(line string) bool { return strings.TrimSpace(line) == "lfs: true" }) {
		return false // one case is about it
	}
	if slices.ContainsFunc(everywhere, func(s string) bool { return strings.HasPrefix(first, s) }) {
		return true
	}
	step := strings.HasPrefix(first, "- bash: ") || strings.HasPrefix(first, "- powershell: ")
	return step && slices.ContainsFunc(block, func(line string) bool { return strings.TrimSpace(line) == "name: outcome" })
}

// excerpt is what is kept of a file: the blocks, each with the first lines of
// those that it stands in, and a comment for what is left out. It also returns
// the blocks that are not there.
func excerpt(path, content string, blocks []string) (kept string, missing []string) {
	lines := strings.Split(strings.TrimSuffix(content, "\n"), "\n")
	e := excerpted{lines, depths(lines), make([]bool, len(lines))}
	for _, block := range blocks {
		if !e.mark(0, len(e.lines), strings.Split(block, " > ")) {
			missing = append(missing, block)
		}
	}
	for i := range e.lines {
		if isEverywhere(e.lines[i:e.end(i)]) {
			for k := i; k < e.end(i); k++ {
				e.kept[k] = false
			}
		}
	}
	comment := "# …"
	if strings.HasSuffix(path, "file") || strings.HasSuffix(path, ".groovy") {
		comment = "// …"
	}
	return e.text(comment), missing
}

type excerpted struct {
	lines []string
	depth []int
	kept  []bool
}

// opens finds what begins a text that goes on below at the margin, and with what
// it closes: a value of the script, a text of Groovy.
var opens = regexp.MustCompile(`^[A-Z_]+=(')[^']*$|script: (\'\'\')`)

// depths are the indentations of the lines. An item of a list stands between the
// line that the list belongs to and what belongs to the item; a comment where
// the line after it does; a text that is not indented below its first line.
func depths(lines []string) []int {
	out := make([]int, len(lines))
	var closing string
	var inside int
	for i, line := range lines {
		if closing != "" {
			out[i] = inside
			if strings.Contains(line, closing) {
				closing = ""
			}
			continue
		}
		out[i] = 2 * indent(line)
		if strings.HasPrefix(strings.TrimSpace(line), "- ") {
			out[i]++
		}
		if m := opens.FindStringSubmatch(line); m != nil && strings.Count(line, m[1]+m[2]) == 1 {
			closing = m[1] + m[2]
			inside = out[i] + 1
		}
	}
	for i := len(lines) - 2; i >= 0; i-- {
		if isComment(lines[i]) {
			out[i] = out[i+1]
		}
	}
	return out
}

// end is the line after the block that begins at a line.
func (e *excerpted) end(i int) int {
	end, last := i+1, i+1
	for ; end < len(e.lines); end++ {
		if e.lines[end] == "" {
			continue
		}
		if e.depth[end] <= e.depth[i] {
			break
		}
		last = end + 1
	}
	if end < len(e.lines) && e.depth[end] == e.depth[i] && strings.ContainsAny(strings.TrimSpace(e.lines[end])[:1], "})]") {
		last = end + 1
	}
	return last
}

// mark keeps what begins so between two lines, and tells whether anything does.
func (e *excerpted) mark(from, to int, begins []string) bool {
	found := false
	for i := from; i < to; i++ {
		if !strings.HasPrefix(strings.TrimSpace(e.lines[i]), begins[0]) {
			continue
		}
		end := e.end(i)
		if len(begins) > 1 {
			found = e.mark(i+1, end, begins[1:]) || found
			continue
		}
		found = true
		for k := i; k < end; k++ {
			e.kept[k] = true
		}
		e.markAround(i)
	}
	return found
}

// markAround keeps the comment before a line, and the first and closing lines of
// what it stands in.
func (e *excerpted) markAround(i int) {
	for k := i - 1; k >= 0 && isComment(e.lines[k]); k-- {
		e.kept[k] = true
	}
	depth := e.depth[i]
	for k := i - 1; k >= 0 && depth > 0; k-- {
		if e.lines[k] == "" || isComment(e.lines[k]) || e.depth[k] >= depth {
			continue
		}
		depth, e.kept[k] = e.depth[k], true
		if last := e.end(k) - 1; e.depth[last] == depth {
			e.kept[last] = true
		}
	}
}

func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "// ")
}

// text prints what is kept, and one comment for each part that is not.
func (e *excerpted) text(comment string) string {
	var b strings.Builder
	for i := 0; i < len(e.lines); {
		cut := i
		for cut < len(e.lines) && !e.kept[cut] {
			cut++
		}
		gap := strings.TrimSpace(strings.Join(e.lines[i:cut], ""))
		switch {
		case cut == i:
			b.WriteString(e.lines[i] + "\n")
			i++
			continue
		case gap == "":
			b.WriteString("\n")
		default:
			for e.lines[i] == "" {
				b.WriteString("\n")
				i++
			}
			b.WriteString(strings.Repeat(" ", indent(e.lines[i])) + comment + "\n")
		}
		i = cut
	}
	return b.String()
}

// The script that is kept whole has every function that a script of any case has,
// but for those that talk to another forge.
func TestWholeScript(t *testing.T) {
	function := regexp.MustCompile(`(?m)^([a-z_]+)\(\) [{(]`)
	others := map[string]bool{}
	for _, file := range glob(t, "../templates/script/forge_*.tmpl") {
		src, err := os.ReadFile(file)
		must(t, err)
		for _, m := range function.FindAllStringSubmatch(string(src), -1) {
			others[m[1]] = true
		}
	}
	whole := contentOf(caseNamed(t, "everything").Files)[".fettle/pay/release.sh"]
	for _, c := range cases(t) {
		for _, r := range c.repository.Results {
			for _, m := range function.FindAllStringSubmatch(contentOf(c.repository.Files)[r.Plan.Script], -1) {
				if !others[m[1]] && !strings.Contains(whole, "\n"+m[0]) {
					t.Errorf("%s: the script that is kept whole has no %s", c.name, m[1])
				}
			}
		}
	}
}
