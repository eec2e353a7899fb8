package ledger

import (
	"path"
	"slices"
	"strings"
)

// Environment is what runs in an environment now.
type Environment struct {
	Name     string
	Version  string // "" when nothing does yet
	Commit   string
	Base     string // of a hotfix, what it repairs
	Flow     string // how it got there: delivery, hotfix, redeploy, mirror, settle or adopt
	Time     string // when, as the script wrote it
	Run      string // its address
	RunID    string
	Target   string
	Incident string
	Entry    string   // what the environment was at when its deployment was recorded
	Intents  []Intent // deployments that began and did not end well
	Past     []Former // what ran there once, the newest last, with what runs there now
}

// Intent is a deployment that began.
type Intent struct{ Version, Commit, Run, Flow string }

// Former is a version that ran there once, with what a redeployment needs. What is
// not known is "".
type Former struct {
	Version, Commit, Base string
	Checksum              string // of files; of an image its digest with its repository
	ArtifactRun           string
	ArtifactJob           string
}

// readEnvironments reads the files of a folder. Folders in it are components'.
func (l *Ledger) readEnvironments(files Files, folder string) {
	for name := range files {
		if path.Dir(name) == folder {
			l.Environments = append(l.Environments, l.readEnvironment(Harmless(path.Base(name)), files.lines(name)))
		}
	}
	slices.SortFunc(l.Environments, func(a, b Environment) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(l.Damage, func(a, b Damage) int { return strings.Compare(a.String(), b.String()) })
}

func (l *Ledger) readEnvironment(name string, lines []line) Environment {
	out := Environment{Name: name}
	values := map[string]*string{"version": &out.Version, "commit": &out.Commit, "base": &out.Base, "flow": &out.Flow, "time": &out.Time, "run": &out.Run,
		"run_id": &out.RunID, "target": &out.Target, "incident": &out.Incident, "entry": &out.Entry}
	count := map[string]int{}
	for _, at := range lines {
		count[at.key]++
		switch value := values[at.key]; {
		case value != nil:
			*value = at.rest
		case at.key == "intent":
			if w := l.words(at, 4); w != nil {
				out.Intents = append(out.Intents, Intent{w[0], w[1], w[2], w[3]})
			}
		case at.key == "past":
			if w := l.words(at, 6); w != nil {
				out.Past = append(out.Past, Former{w[0], w[1], Value(w[2]), Value(w[3]), Value(w[4]), Value(w[5])})
			}
		default:
			l.Others = append(l.Others, at.key)
		}
	}
	if one := count["version"]; one != count["commit"] || one > 1 || one == 0 && count["past"] > 0 || len(lines) == 0 {
		l.Damage = append(l.Damage, Damage{path.Join("environments", l.Component, name), 1, "it has not one version and one commit"})
	}
	return out
}

// Value is a word of the script, where a dash says that there is none.
func Value(s string) string {
	if s == "-" {
		return ""
	}
	return s
}
