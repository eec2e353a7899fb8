package script_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// The judgement of containment alone, on random histories: a release, a hotfix
// of it, and a mainline on which the hotfix is merged, squashed, picked, done
// again, reverted in whole or in part, by every kind of message and by none,
// reverted again, written anew, moved. What must come out is computed from what
// the files hold, without asking git or a message.
//
// FETTLE_JUDGEMENTS says how many; FETTLE_JUDGEMENT is the first.
func TestJudgement(t *testing.T) {
	t.Parallel()
	n, first := 12, 0
	if os.Getenv("FETTLE_LONG") != "" {
		n = 300
		t.Run("found", func(t *testing.T) {
			t.Parallel()
			judgeBatch(t, found)
		})
	}
	if s := os.Getenv("FETTLE_JUDGEMENTS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	first, _ = strconv.Atoi(os.Getenv("FETTLE_JUDGEMENT"))
	const batch = 100
	for from := first; from < first+n; from += batch {
		t.Run(fmt.Sprint(from), func(t *testing.T) {
			t.Parallel()
			var seeds []int
			for seed := from; seed < min(from+batch, first+n); seed++ {
				seeds = append(seeds, seed)
			}
			judgeBatch(t, seeds)
		})
	}
}

// A clone that has the files of no commit judges like one that has all of them:
// what a judgement looks at it brings, and never a file alone. Git itself could
// fetch none: it is told of a place that is not there.
func TestJudgementWithoutFiles(t *testing.T) {
	t.Parallel()
	seeds := []int{0, 1, 2, 3}
	if os.Getenv("FETTLE_LONG") != "" {
		seeds = slices.Clone(found)
		for seed := range 60 {
			seeds = append(seeds, seed)
		}
	}
	dir := t.TempDir()
	histories := makeHistories(t, dir, seeds, func(*history) bool { return true })
	for _, h := range histories {
		whole := h.repository
		h.repository += "-without"
		run(t, whole, nil, "git", "config", "uploadpack.allowFilter", "true")
		run(t, whole, nil, "git", "config", "uploadpack.allowAnySHA1InWant", "true")
		run(t, dir, nil, "git", "clone", "--quiet", "--mirror", "--filter=blob:none", "file://"+whole, h.repository)
		run(t, h.repository, nil, "git", "remote", "set-url", "origin", "file:///nowhere")
	}
	judgeAll(t, dir, histories, `
partial=yes
git_remote() {
  echo fetch >>"$scratch/fetches"
  [ "$(wc -l <"$scratch/fetches")" -le 3 ] || fail "$1: a fetch too many"
  git "$@"
}
bring_first() {
  remote=file://${1%-without}
  : >"$scratch/fetches"
}
`)
}

// found are histories that were judged wrongly once.
var found = []int{4638, 5556, 7688, 9489, 12945, 15091, 15590, 17332, 17515, 17706, 17719, 18047, 18161, 18189, 18195, 18700, 18863, 19105, 19455, 19693, 19936, 19957}

// judgeBatch makes a repository for each history, and judges all of them in one shell.
func judgeBatch(t *testing.T, seeds []int) {
	t.Helper()
	dir := t.TempDir()
	judgeAll(t, dir, makeHistories(t, dir, seeds, func(h *history) bool {
		_, again := drawn.LoadOrStore(sha256.Sum256(h.stream.Bytes()), true)
		return !again // a repository that is the same is judged the same
	}), "bring_first() { :; }")
}

// makeHistories makes those that are wanted, each a repository of a folder.
func makeHistories(t *testing.T, dir string, seeds []int, wanted func(*history) bool) []*history {
	t.Helper()
	empty := filepath.Join(dir, "empty")
	run(t, dir, nil, "git", "init", "--quiet", "--bare", "--template=", "--initial-branch=main", empty)
	var histories []*history
	for _, seed := range seeds {
		h := newHistory(seed)
		if !wanted(h) {
			continue
		}
		h.seed = seed
		h.repository = filepath.Join(dir, strconv.Itoa(seed))
		if err := os.CopyFS(h.repository, os.DirFS(empty)); err != nil {
			t.Fatal(err)
		}
		run(t, h.repository, h.stream.Bytes(), "git", "-c", "fastimport.unpackLimit=1000", "fast-import", "--quiet", "--export-marks=marks")
		marks, err := os.ReadFile(filepath.Join(h.repository, "marks"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(marks)) {
			mark, id, _ := strings.Cut(strings.TrimSpace(line), " ")
			h.ids[mark] = id
		}
		histories = append(histories, h)
	}
	return histories
}

// judgeAll judges histories in one shell, after more of its text.
func judgeAll(t *testing.T, dir string, histories []*history, more string) {
	t.Helper()
	text := strings.TrimSuffix(string(script.Render(settings())), "main \"$@\"\n")
	write(t, filepath.Join(dir, "judge.sh"), text+more+judge, 0o644)
	var args []string
	for _, h := range histories {
		args = append(args, h.repository, h.id(h.root), h.id(h.tip), h.id(h.marks))
	}
	out := run(t, dir, nil, "sh", append([]string{filepath.Join(dir, "judge.sh")}, args...)...)
	got := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(got) != len(histories) {
		t.Fatalf("%d judgements of %d:\n%s", len(got), len(histories), out)
	}
	for i, h := range histories {
		if want := h.want(); !strings.HasPrefix(got[i], want) {
			t.Errorf("history %d: %s, want %s\n  %s", h.seed, got[i], want, strings.Join(h.did, "\n  "))
		}
	}
}

// drawn are the histories that were judged: short ones come again.
var drawn sync.Map

func (h *history) id(mark int) string { return h.ids[fmt.Sprintf(":%d", mark)] }

// judge prints a line for each repository and its root, fix and mainline: contained, told or refused.
const judge = `
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/environments"
one() {
  cd "$1"
  bring_first "$1"
  printf 'past 43 %s - - - -\npast 43.1 %s - - - -\n' "$2" "$3" >"$scratch/environments/production"
  : >"$scratch/notes"
  earlier_of='' # as when a ledger is opened
  if contains "$4" 43.1 "$3"; then
    if [ -s "$scratch/notes" ]; then printf 'told: %s\n' "$(tr '\n' ' ' <"$scratch/notes")"; else printf 'contained\n'; fi
  else
    printf 'refused: %s\n' "$contains_why"
  fi
}
while [ $# -gt 0 ]; do
  one "$1" "$2" "$3" "$4" 2>&1 || printf 'failed %s\n' $?
  shift 4
done
`

func run(t *testing.T, dir string, in []byte, name string, args ...string) string {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir, c.Stdin = dir, bytes.NewReader(in)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// value is what a unit holds: as before the hotfix, as after it, or something else.
type value int

const (
	before value = iota
	after
	anew // and more: each is written otherwise
)

// unit is one part of the hotfix: a place in a file, or a file as a whole.
type unit struct {
	file  string
	slot  int // in the file; -1: the whole file
	texts [2]string
}

// tree is what a commit holds: of each unit a value, and how files are called.
type tree struct {
	values map[int]value
	name   map[string]string
	other  int // unrelated changes so far
}

func (t tree) clone() tree { return tree{maps.Clone(t.values), maps.Clone(t.name), t.other} }

// history is a repository in the making, and what is known of it.
type history struct {
	*rand.Rand
	seed       int
	repository string
	stream     bytes.Buffer
	ids        map[string]string // of commits, by mark
	root       int
	did        []string
	units      []unit
	marks      int
	main       tree
	// told is the newest value of each unit that can be told, and brought whether it ever came.
	told    map[int]value
	brought bool
	fixes   [][]int // the units of each commit of the hotfix
	picked  map[int]bool
	word    map[int]value // what the newest commit with Reapplies found; it stands for the hotfix
	tip     int
	undo    []undo
}

// undo is a commit that can be taken back.
type undo struct {
	mark     int
	subject  string
	from, to map[int]value
}

const slots = 4

func newHistory(seed int) *history {
	h := &history{Rand: rand.New(rand.NewPCG(uint64(seed), 43)), told: map[int]value{}, picked: map[int]bool{}, ids: map[string]string{}}
	h.main = tree{values: map[int]value{}, name: map[string]string{"a.txt": "a.txt", "b.txt": "b.txt", "new.txt": "new.txt", "gone.txt": "gone.txt", "pic.bin": "pic.bin"}}
	h.pickUnits()
	root := h.commit("refs/heads/root", "Release", h.main, 0)
	h.root = root
	fix := h.main.clone()
	at := root
	var of []int
	for i := range h.units {
		fix.values[i] = after
		of = append(of, i)
		if i == len(h.units)-1 || h.IntN(2) == 0 { // one commit for several units, or one for each
			at = h.commit("refs/heads/fix", fmt.Sprintf("Repair %d", i), fix, at)
			h.fixes, of = append(h.fixes, of), nil
		}
	}
	h.tip = at
	h.commitOn("More", h.main, root, 0)
	for range 1 + h.IntN(6) {
		h.step()
	}
	return h
}

// pickUnits says what the hotfix changes.
func (h *history) pickUnits() {
	all := []unit{
		{"a.txt", 0, [2]string{"zero\n", "ZERO\n"}}, {"a.txt", 2, [2]string{"two\n", ""}}, {"b.txt", 1, [2]string{"", "inserted\n"}},
		{"b.txt", 3, [2]string{"three\nthree\n", "3\n"}}, {"new.txt", -1, [2]string{"", "a new file\nof two lines\n"}}, {"gone.txt", -1, [2]string{"a file\nthat goes\n", ""}},
		{"pic.bin", -1, [2]string{"\x00\x01before", "\x00\x02after"}},
	}
	h.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	h.units = all[:1+h.IntN(3)]
	for i := range h.units {
		h.told[i] = before
	}
}

// step is something that people do on the mainline.
func (h *history) step() {
	switch h.IntN(13) {
	case 0, 1:
		h.main.other++
		h.commitOn("Other work", h.main, 0, 0)
	case 2:
		h.bring("Merge the hotfix", h.tip)
	case 3:
		h.bring("Squash the hotfix (#7)", 0)
	case 4:
		h.say("Merge and keep ours")
		h.arrive(true)
		h.commitOn("Merge the hotfix", h.main, 0, h.tip) // merge -s ours
	case 5:
		h.again()
	case 6, 7, 8:
		h.takeBack(false)
	case 9:
		h.takeBack(true)
	case 10:
		h.rewrite()
	case 11:
		h.move()
	case 12:
		h.pick()
	}
}

func (h *history) say(format string, args ...any) {
	h.did = append(h.did, fmt.Sprintf(format, args...))
}

// bring is the hotfix coming home: each unit that is as before becomes as after;
// what was written anew meanwhile is a conflict, which the person solves by
// keeping it.
func (h *history) bring(subject string, merged int) {
	from := maps.Clone(h.main.values)
	for i := range h.units {
		if h.main.values[i] == before {
			h.main.values[i] = after
		}
	}
	h.say("%s: %v to %v", subject, from, h.main.values)
	if maps.Equal(from, h.main.values) && merged == 0 {
		return
	}
	h.arrive(merged != 0 || h.whole(from))
	h.isPatch(from)
	h.commitOn(subject, h.main, 0, merged)
	h.undo = append(h.undo, undo{h.marks, subject, from, maps.Clone(h.main.values)})
	h.learn()
}

// pick is the hotfix coming home commit by commit, or one of its commits alone.
func (h *history) pick() {
	fixes := h.fixes
	if h.IntN(3) == 0 {
		fixes = fixes[:1]
	}
	for n, units := range fixes {
		from := maps.Clone(h.main.values)
		for _, i := range units {
			h.main.values[i] = after
		}
		if slices.ContainsFunc(units, func(i int) bool { return from[i] != before }) {
			h.main.values = from
			return // it conflicts, or is there
		}
		subject := fmt.Sprintf("Repair %d", n)
		h.say("pick %d: %v to %v", n, from, h.main.values)
		h.commitOn(subject+"\n\n(cherry picked from commit 0123456789012345678901234567890123456789)", h.main, 0, 0)
		h.undo = append(h.undo, undo{h.marks, subject, from, maps.Clone(h.main.values)})
		h.learn()
		h.isPatch(from)
	}
}

// isPatch notes a commit that is one of the hotfix's to the letter: a pick, or a
// squash of what was still to come. All of them together bring it.
func (h *history) isPatch(from map[int]value) {
	var changed []int
	for i, u := range h.units {
		if from[i] == h.main.values[i] {
			continue
		}
		if from[i] != before || h.main.values[i] != after || h.main.name[u.file] != u.file {
			return
		}
		changed = append(changed, i)
	}
	for n, units := range h.fixes {
		if slices.Equal(units, changed) {
			h.picked[n] = true
		}
	}
	h.arrive(len(h.picked) == len(h.fixes))
}

// arrive notes that history says from here on that the hotfix was brought: of
// what was written anew by then, only what comes later tells.
func (h *history) arrive(whole bool) {
	if h.brought || !whole {
		return
	}
	h.brought = true
	for i := range h.units {
		if h.main.values[i] >= anew {
			h.told[i] = after
		}
	}
}

// whole tells whether a commit that found this brought all of the hotfix, with its patch: none that is made to a moved file.
func (h *history) whole(from map[int]value) bool {
	for i, u := range h.units {
		if from[i] != before || h.main.values[i] != after || h.main.name[u.file] != u.file {
			return false
		}
	}
	return true
}

// again is the hotfix done again by a person, with the word for it.
func (h *history) again() {
	from := maps.Clone(h.main.values)
	for i := range h.units {
		h.main.values[i] = after
	}
	if maps.Equal(from, h.main.values) {
		return
	}
	h.say("do it again: %v", from)
	h.commitOn("Do it again\n\nReapplies: 43.1\n\nReviewed by nobody", h.main, 0, 0)
	h.word = from
	h.arrive(true)
	h.undo = append(h.undo, undo{h.marks, "Do it again", from, maps.Clone(h.main.values)})
	h.learn()
}

// takeBack reverts one of the commits that brought or took out, in whole or in
// part, and says so in one of the ways that people and hosts have.
func (h *history) takeBack(part bool) {
	if len(h.undo) == 0 {
		return
	}
	u := h.undo[h.IntN(len(h.undo))]
	from := maps.Clone(h.main.values)
	for i := range h.units {
		if h.main.values[i] == u.to[i] && u.from[i] != u.to[i] {
			h.main.values[i] = u.from[i]
			if part {
				break
			}
		}
	}
	if maps.Equal(from, h.main.values) {
		return
	}
	subject := h.revertMessage(u.subject)
	h.say("%q of %q: %v to %v", subject, u.subject, from, h.main.values)
	h.commitOn(subject, h.main, 0, 0)
	h.undo = append(h.undo, undo{h.marks, subject, from, maps.Clone(h.main.values)})
	h.learn()
	h.isPatch(from)
}

func (h *history) revertMessage(subject string) string {
	return []string{
		"Revert \"" + subject + "\"\n\nThis reverts commit 0123456789012345678901234567890123456789.",
		"Revert \"" + subject + "\" (#12)\n\nReverts acme/shop#7", "Reference: 01234567 (" + subject + ")", "Clean up", "Several things (#13)\n\n* Revert the fix\n* Other work",
	}[h.IntN(5)]
}

// rewrite writes a unit anew, in a commit of its own.
func (h *history) rewrite() {
	i := h.IntN(len(h.units))
	if file := h.units[i].file; h.units[i].slot < 0 && h.main.name[file] != file {
		return
	}
	if h.main.values[i] == before && h.units[i].texts[0] == "" || h.main.values[i] == after && h.units[i].texts[1] == "" {
		return // there is nothing that could be written anew
	}
	h.main.values[i] = anew + value(h.marks)
	h.say("write %d anew", i)
	h.commitOn("Write it anew", h.main, 0, 0)
}

// move renames a file.
func (h *history) move() {
	file := []string{"a.txt", "new.txt"}[h.IntN(2)]
	if i := h.unitAt(file, -1); i >= 0 && h.main.values[i] >= anew {
		return // git would not know the file again
	}
	if h.main.name[file] != file || h.content(h.main, file) == "" {
		return
	}
	h.main.name[file] = "moved/" + file
	h.say("move %s", file)
	h.commitOn("Move it", h.main, 0, 0)
}

func (h *history) learn() {
	for i := range h.units {
		if v := h.main.values[i]; v < anew {
			h.told[i] = v
		} else if was, ok := h.word[i]; ok && was == v {
			h.told[i] = before // what was done again is taken back
		}
	}
}

// want is what must come out.
func (h *history) want() string {
	rewritten := false
	for i, u := range h.units {
		switch v := h.main.values[i]; {
		case v == after && u.file == "new.txt" && h.main.name[u.file] != u.file:
			rewritten = true // it may be another file that looks like it: history tells
		case v == before:
			return "refused"
		case v >= anew:
			rewritten = true
			if was, ok := h.word[i]; h.told[i] == before || ok && was == v {
				return "refused"
			}
		}
	}
	switch {
	case !rewritten:
		return "contained"
	case !h.brought:
		return "refused"
	default:
		return "told"
	}
}

// --- fast-import --------------------------------------------------------------------

func (h *history) commitOn(subject string, t tree, parent, merged int) {
	h.commit("refs/heads/main", subject, t, parent, merged)
}

// commit writes a commit with all of its files; a parent of 0 is the branch's tip.
func (h *history) commit(ref, message string, t tree, parent int, merged ...int) int {
	h.marks++
	fmt.Fprintf(&h.stream, "commit %s\nmark :%d\ncommitter Pat <pat@example.com> %d +0000\ndata %d\n%s\n", ref, h.marks, 1700000000+h.marks*60, len(message), message)
	if parent > 0 {
		fmt.Fprintf(&h.stream, "from :%d\n", parent)
	}
	for _, m := range merged {
		if m > 0 {
			fmt.Fprintf(&h.stream, "merge :%d\n", m)
		}
	}
	h.stream.WriteString("deleteall\n")
	for _, file := range slices.Sorted(maps.Keys(t.name)) {
		if content := h.content(t, file); content != "" {
			fmt.Fprintf(&h.stream, "M 100644 inline %s\ndata %d\n%s\n", t.name[file], len(content), content)
		}
	}
	fmt.Fprintf(&h.stream, "M 100644 inline other.txt\ndata 3\n%03d\n", t.other)
	return h.marks
}

// content is a file: slots between lines that never change.
func (h *history) content(t tree, file string) string {
	var b strings.Builder
	whole := h.unitAt(file, -1)
	if whole >= 0 {
		return h.text(t, whole)
	}
	if file == "new.txt" || file == "pic.bin" && h.unitAt(file, -1) < 0 {
		return ""
	}
	for slot := range slots {
		if i := h.unitAt(file, slot); i >= 0 {
			b.WriteString(h.text(t, i))
		}
		for line := range 8 {
			fmt.Fprintf(&b, "%s, %d.%d stays\n", file, slot, line)
		}
	}
	return b.String()
}

func (h *history) unitAt(file string, slot int) int {
	return slices.IndexFunc(h.units, func(u unit) bool { return u.file == file && u.slot == slot })
}

func (h *history) text(t tree, i int) string {
	switch v := t.values[i]; v {
	case before, after:
		return h.units[i].texts[v]
	default:
		if h.units[i].file == "pic.bin" {
			return fmt.Sprintf("\x00 anew %d", v)
		}
		return fmt.Sprintf("anew %d\nand otherwise\n", v)
	}
}
