// Package starter writes the first policy of a repository: from what is in it,
// and with comments that teach.
package starter

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Repository is what is looked at. Nothing of it is run.
type Repository struct {
	Name     string   // of its folder
	Files    []string // that git tracks or would, from the top, with slashes
	Read     func(name string) string
	Remote   string // the address of origin; empty without one
	Mainline string // the branch that origin's HEAD names, or the one that is checked out
	Tags     []string
}

// Facts are what was found, and what the policy is written from.
type Facts struct {
	Name         string
	Targets      []string
	Active       string
	Mainline     string
	Owner        string // of the repository on its host
	Environments []string
	Check, Build []string // commands
	Report       string   // of the check; empty: only its exit code counts
	Artifact     string
	Deploy       string // a command that gets the environment and the version
	MettleCI     bool   // a DataStage project
	Releases     *Releases
	Found        []string // what was found, a line each
}

// Releases are tags that were there before.
type Releases struct {
	Pattern string // v${version}
	Scheme  string
	Newest  string // a tag
}

// Look finds what a first policy needs.
func Look(r Repository) Facts {
	f := Facts{Name: identifier(r.Name), Mainline: cmp.Or(r.Mainline, "main"), Environments: []string{"staging", "production"}}
	f.Targets = targetsOf(r)
	f.Active = f.Targets[0]
	f.Owner = owner(r.Remote)
	f.Releases = releases(r.Tags)
	for _, t := range f.Targets {
		f.note("target", t)
	}
	f.note("mainline", f.Mainline)
	if f.MettleCI = has(r, "datastage", ".isx"); f.MettleCI {
		f.note("project", "DataStage, deployed with MettleCI")
	}
	f.tool(r)
	f.deployment(r)
	if f.Releases != nil {
		f.note("releases", "tags such as "+f.Releases.Newest)
	}
	return f
}

func (f *Facts) note(what, value string) { f.Found = append(f.Found, what+": "+value) }

// marks are files that say which CI system a repository uses.
var marks = []struct{ target, prefix, host string }{
	{"github", ".github/workflows/", "github"},
	{"gitlab", ".gitlab-ci.yml", "gitlab"},
	{"azure", "azure-pipelines", "dev.azure.com"},
	{"azure", ".azure-pipelines/", "visualstudio.com"},
	{"jenkins", "Jenkinsfile", ""},
}

// targetsOf are the systems that have a file here; without one, the system of the
// host, which is GitHub where nothing says another one.
func targetsOf(r Repository) []string {
	var out []string
	for _, m := range marks {
		if !slices.Contains(out, m.target) && slices.ContainsFunc(r.Files, func(name string) bool { return strings.HasPrefix(name, m.prefix) }) {
			out = append(out, m.target)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, m := range marks {
		if m.host != "" && strings.Contains(host(r.Remote), m.host) {
			return []string{m.target}
		}
	}
	return []string{"github"}
}

var address = regexp.MustCompile(`^(?:[a-z+]+://)?(?:[^@/]+@)?([A-Za-z0-9][^/:]*)(?::[0-9]+)?[:/](.+?)(?:\.git)?/?$`)

func host(remote string) string {
	if m := address.FindStringSubmatch(remote); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}

// owner is the organisation, group or project of the repository.
func owner(remote string) string {
	m := address.FindStringSubmatch(remote)
	if m == nil || strings.HasPrefix(remote, "/") || strings.HasPrefix(remote, "file:") {
		return "acme"
	}
	parts := strings.Split(strings.TrimPrefix(m[2], "v3/"), "/")
	if len(parts) < 2 || !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`).MatchString(parts[0]) {
		return "acme"
	}
	return parts[0]
}

var release = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]*[-/_]?|v)?([0-9]+(?:\.[0-9]+)*)$`)

// releases finds the pattern that most tags have.
func releases(tags []string) *Releases {
	type kind struct{ prefix, scheme string }
	count, newest := map[kind]int{}, map[kind]string{}
	for _, tag := range tags {
		m := release.FindStringSubmatch(tag)
		if m == nil {
			continue
		}
		k := kind{m[1], ""}
		switch strings.Count(m[2], ".") {
		case 0:
			k.scheme = "sequence"
		case 2:
			k.scheme = "semver"
		default:
			continue
		}
		count[k]++
		if older(newest[k], tag) {
			newest[k] = tag
		}
	}
	var best kind
	for _, k := range slices.SortedFunc(maps.Keys(count), func(a, b kind) int { return strings.Compare(a.prefix+a.scheme, b.prefix+b.scheme) }) {
		if count[k] > count[best] {
			best = k
		}
	}
	if count[best] == 0 {
		return nil
	}
	return &Releases{Pattern: best.prefix + "${version}", Scheme: best.scheme, Newest: newest[best]}
}

var number = regexp.MustCompile(`[0-9]+`)

// older compares tags of one pattern by their numbers.
func older(a, b string) bool {
	x, y := number.FindAllString(a, -1), number.FindAllString(b, -1)
	return slices.CompareFunc(x, y, func(a, b string) int {
		a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
		return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	}) < 0
}

// has tells whether there is a top folder of the name, or a file that ends so.
func has(r Repository, folder, suffix string) bool {
	return slices.ContainsFunc(r.Files, func(name string) bool {
		return strings.HasPrefix(name, folder+"/") || strings.HasSuffix(name, suffix)
	})
}

// identifier is a name as the language takes it.
func identifier(name string) string {
	name = strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(name), "-"), "-")
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		return "shop"
	}
	return name
}

// deployment looks for a script that deploys.
func (f *Facts) deployment(r Repository) {
	for _, dir := range []string{"", "ci", "scripts", "bin", "tools", "deploy"} {
		for _, base := range []string{"deploy.sh", "deploy", "release.sh"} {
			if name := path.Join(dir, base); slices.Contains(r.Files, name) {
				f.Deploy = "./" + name + " %s ${release.version}"
				f.note("deployment", name)
				return
			}
		}
	}
	if goals := makeGoals(r); slices.Contains(goals, "deploy") {
		f.Deploy = "make deploy ENVIRONMENT=%s VERSION=${release.version}"
		f.note("deployment", "the target deploy of the Makefile")
	}
}

var goal = regexp.MustCompile(`(?m)^([a-z][a-z0-9_-]*):`)

func makeGoals(r Repository) []string {
	if !slices.Contains(r.Files, "Makefile") {
		return nil
	}
	var out []string
	for _, m := range goal.FindAllStringSubmatch(r.Read("Makefile"), -1) {
		out = append(out, m[1])
	}
	return out
}
