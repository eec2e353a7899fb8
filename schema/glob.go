package schema

import (
	"path"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// globs reads patterns of files as git's :(glob) reads them: a star stays
// inside a folder, and a part of the path that is ** stands for any folders.
func (d *decoder) globs(n *syntax.Node, name string) []Value[string] {
	out := d.strings(n, name)
	for _, v := range out {
		if v.V == "" {
			d.report(emptyText(name, v.Range))
		} else if why := globProblem(v.V); why != "" {
			d.report(badGlob(v.V, why, v.Range))
		}
	}
	return out
}

// globProblem says what git would not read in a pattern as it is meant.
func globProblem(glob string) string {
	parts := strings.Split(glob, "/")
	switch {
	case path.IsAbs(glob) || slices.Contains(parts, ".."):
		return "is a path relative to the repository, without .. in it"
	case strings.Contains(glob, `\`):
		return "holds a backslash; folders are separated by /"
	case strings.Contains(glob, "\n"):
		return "holds a newline"
	case slices.ContainsFunc(parts, func(p string) bool { return p != "**" && strings.Contains(p, "**") }):
		return "has ** beside other letters; write it as a part of its own: **/*.sql"
	}
	if _, err := path.Match(glob, ""); err != nil {
		return "has a [ without its ]"
	}
	return ""
}
