package history

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// growth is what a version adds to a repository, as the script wrote it. In its
// texts words in braces stand for what differs from one version to the next:
// {version}, {commit}, {entry-3}, and with "before-" the same of the version before.
type growth struct {
	Entries []entry
	Tags    []tag
	Heads   []string // names of branches at the version's commit
}

// entry is a commit of the ledger.
type entry struct {
	Message string
	Changes map[string][]hunk // by path
}

// hunk replaces lines of a file. From is counted from its beginning, or, below
// zero, from behind its end.
type hunk struct {
	From, Gone int
	Lines      []string
}

type tag struct{ Name, Message string }

// learn compares what the last version added with what the one before did: both
// must have done the same.
func (l *life) learn() (*growth, error) {
	ids, err := l.ids(l.last)
	if err != nil {
		return nil, err
	}
	before, err := l.growth(l.last-1, ids)
	if err != nil {
		return nil, err
	}
	now, err := l.growth(l.last, ids)
	if err != nil {
		return nil, err
	}
	return agree(before, now)
}

// seen is what one version added, and how long each file was before each entry.
type seen struct {
	growth
	lengths []map[string]int
}

// git reads the repository.
func (l *life) git(args ...string) (string, error) {
	return l.place.git(dawn, l.bare, nil, args...)
}

// entriesOf are the ids of the entries about a version, the oldest first.
func (l *life) entriesOf(version int) ([]string, error) {
	out, err := l.git("log", "--reverse", "--format=%H", fmt.Sprintf("--grep=^Version: %d$", version), "refs/heads/"+ledger)
	return strings.Fields(out), err
}

// growth reads what a version added.
func (l *life) growth(version int, ids map[int]string) (*seen, error) {
	names := map[string]string{strconv.Itoa(version): "{version}", strconv.Itoa(version - 1): "{before-version}", ids[version]: "{commit}", ids[version-1]: "{before-commit}"}
	earlier, err := l.entriesOf(version - 1)
	if err != nil {
		return nil, err
	}
	entries, err := l.entriesOf(version)
	if err != nil {
		return nil, err
	}
	for i, id := range earlier {
		names[id] = fmt.Sprintf("{before-entry-%d}", i)
	}
	for i, id := range entries {
		names[id] = fmt.Sprintf("{entry-%d}", i)
	}
	s := &seen{}
	for _, id := range entries {
		if err := l.readEntry(s, id, names); err != nil {
			return nil, err
		}
	}
	return s, l.readRefs(s, version, names)
}

func (l *life) readEntry(s *seen, id string, names map[string]string) error {
	message, err := l.git("log", "-1", "--format=%B", id)
	if err != nil {
		return err
	}
	changed, err := l.git("diff-tree", "-r", "--no-renames", "--name-only", id+"^", id)
	if err != nil {
		return err
	}
	e, lengths := entry{Message: symbolic(strings.TrimRight(message, "\n")+"\n", names), Changes: map[string][]hunk{}}, map[string]int{}
	for _, path := range strings.Fields(changed) {
		from, err := l.lines(id+"^", path)
		if err != nil {
			return err
		}
		to, err := l.lines(id, path)
		if err != nil {
			return err
		}
		name := symbolic(path, names)
		e.Changes[name], lengths[name] = difference(from, to, names), len(from)
	}
	s.Entries, s.lengths = append(s.Entries, e), append(s.lengths, lengths)
	return nil
}

// lines of a file of an entry; none where it is not there.
func (l *life) lines(id, path string) ([]string, error) {
	found, err := l.git("ls-tree", id, path)
	if err != nil || found == "" {
		return nil, err
	}
	out, err := l.git("cat-file", "blob", id+":"+path)
	return strings.Split(out, "\n"), err
}

func (l *life) readRefs(s *seen, version int, names map[string]string) error {
	out, err := l.git("for-each-ref", "--format=%(refname) %(objecttype)")
	if err != nil {
		return err
	}
	for line := range strings.Lines(out) {
		ref, kind, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case !slices.Contains(words.FindAllString(ref, -1), strconv.Itoa(version)):
		case kind == "tag":
			content, err := l.git("cat-file", "tag", ref)
			if err != nil {
				return err
			}
			_, message, _ := strings.Cut(content, "\n\n")
			s.Tags = append(s.Tags, tag{symbolic(strings.TrimPrefix(ref, "refs/tags/"), names), symbolic(message, names) + "\n"})
		default:
			s.Heads = append(s.Heads, symbolic(ref, names))
		}
	}
	return nil
}

var (
	words = regexp.MustCompile(`[0-9A-Za-z]+`)
	times = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)
)

// symbolic puts names for what differs between versions.
func symbolic(text string, names map[string]string) string {
	text = times.ReplaceAllString(text, "{time}")
	return words.ReplaceAllStringFunc(text, func(word string) string {
		if name, ok := names[word]; ok {
			return name
		}
		return word
	})
}

// difference is how one list of lines becomes another.
func difference(from, to []string, names map[string]string) []hunk {
	common := commonLines(from, to)
	var out []hunk
	for i, j := 0, 0; i < len(from) || j < len(to); {
		if i < len(from) && j < len(to) && from[i] == to[j] {
			i, j = i+1, j+1
			continue
		}
		h := hunk{From: i}
		for (i < len(from) || j < len(to)) && !(i < len(from) && j < len(to) && from[i] == to[j]) {
			if j < len(to) && (i == len(from) || common[i][j+1] >= common[i+1][j]) {
				h.Lines = append(h.Lines, symbolic(to[j], names))
				j++
			} else {
				h.Gone++
				i++
			}
		}
		out = append(out, h)
	}
	return out
}

// commonLines is, from each place in both lists, how many lines they share at most.
func commonLines(from, to []string) [][]int {
	common := make([][]int, len(from)+1)
	for i := range common {
		common[i] = make([]int, len(to)+1)
	}
	for i := len(from) - 1; i >= 0; i-- {
		for j := len(to) - 1; j >= 0; j-- {
			if from[i] == to[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}

// agree is what two versions did alike. A place in a file that is equally far
// from its beginning in both is counted from there, or else from its end.
func agree(before, now *seen) (*growth, error) {
	if len(before.Entries) != len(now.Entries) {
		return nil, fmt.Errorf("two versions have %d and %d entries", len(before.Entries), len(now.Entries))
	}
	for i := range now.Entries {
		for path, hunks := range now.Entries[i].Changes {
			others := before.Entries[i].Changes[path]
			if len(others) != len(hunks) {
				return nil, fmt.Errorf("entry %d changes %s in %d and %d places", i, path, len(others), len(hunks))
			}
			for k := range hunks {
				if hunks[k].From != others[k].From {
					hunks[k].From -= now.lengths[i][path] + 1
					others[k].From -= before.lengths[i][path] + 1
				}
			}
		}
	}
	if b, n := fmt.Sprintf("%+v", before.growth), fmt.Sprintf("%+v", now.growth); b != n {
		return nil, fmt.Errorf("two versions did not write the same:\n%s\n%s", b, n)
	}
	return &now.growth, nil
}
