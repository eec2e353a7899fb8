package schema

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/regex"
)

// A command may be a file of the repository: script("ci/deploy.sh"). The shell
// of the block runs it. It is a function and no attribute of its own, since it
// stands wherever a command may stand, in a list too, and what a nearer policy
// says of `run` replaces it like any other command.

// scriptCall is the call of script() that an expression is, or nil.
func scriptCall(x hclsyntax.Expression) *hclsyntax.FunctionCallExpr {
	if call, ok := x.(*hclsyntax.FunctionCallExpr); ok && call.Name == "script" {
		return call
	}
	return nil
}

// script reads the file that a command is. Its path becomes a word of a
// command, so it is one that every shell reads as itself.
func (d *decoder) script(call *hclsyntax.FunctionCallExpr) []eval.Text {
	if len(call.Args) != 1 || call.ExpandFinal {
		d.report(scriptArguments(call.Range()))
		return nil
	}
	file, ok := d.element("script()", call.Args[0])
	switch {
	case !ok:
		return nil
	case outside(file.V):
		d.report(absolutePath("script()", file.Range))
	case !plainPath().MatchString(file.V):
		d.report(unplainPath(file.V, file.Range))
	case !d.load.has(file.V):
		d.report(noSuchScript(file.V, file.Range))
	}
	return []eval.Text{{Segs: []eval.Seg{{Ref: language.ScriptFile, Key: file.V, Range: call.Range()}}, Range: call.Range()}}
}

// has tells whether a file is there. Without a repository nobody knows.
func (l *loader) has(file string) bool {
	if l.files == nil {
		return true
	}
	for _, name := range places(l.dir, file) {
		if info, err := fs.Stat(l.files, path.Clean(name)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

// places are where a command may find a file: from the repository's top, or from
// the directory of a policy that is the top of what it generates.
func places(dir, file string) []string {
	return []string{file, path.Join(path.Clean("/" + dir)[1:], file)}
}

// Lacks tells whether a file is not in the repository, for certain: a submodule
// may not be checked out, and a symbolic link may lead anywhere.
func (in Input) Lacks(file string) bool {
	for _, name := range places(in.Dir, file) {
		if _, err := fs.Lstat(in.Files, path.Clean(name)); !errors.Is(err, fs.ErrNotExist) || in.inSubmodule(name) {
			return false
		}
	}
	return true
}

var submodulePath = regex.New(`(?m)^\s*path\s*=\s*(\S+)\s*$`)

func (in Input) inSubmodule(file string) bool {
	modules, err := fs.ReadFile(in.Files, ".gitmodules")
	if err != nil {
		return false
	}
	return slices.ContainsFunc(submodulePath().FindAllStringSubmatch(string(modules), -1), func(m []string) bool {
		return strings.HasPrefix(file, m[1]+"/")
	})
}
