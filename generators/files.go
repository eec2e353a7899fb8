package generators

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// ListPath is the file that lists what was generated: how a later run knows
// which files it made and makes no more.
const ListPath = ".fettle/files"

// list is the file of that name.
func list(plans []*flow.Plan, files []gen.File) gen.File {
	var b strings.Builder
	b.WriteString(gen.SharedHeader("#", plans, formatMark+strconv.Itoa(newest())))
	for _, f := range files {
		b.WriteString(f.Path + "\n")
	}
	return gen.File{Path: ListPath, Content: []byte(b.String())}
}

// attributes keep the scripts' line ends in every checkout: with those of Windows
// no shell runs them.
func attributes(plans []*flow.Plan) gen.File {
	return gen.File{Path: ".fettle/.gitattributes", Content: []byte(gen.SharedHeader("#", plans) + "*.sh text eol=lf\n")}
}

// JoinLists is a list that names the files of an earlier one too.
func JoinLists(old, list []byte) []byte {
	out, named := bytes.Clone(list), map[string]bool{}
	for _, path := range PathsIn(list) {
		named[path] = true
	}
	for _, path := range PathsIn(old) {
		if !named[path] {
			out = append(out, path+"\n"...)
		}
	}
	return out
}

// PathsIn returns the paths in such a file.
func PathsIn(content []byte) []string {
	var out []string
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}
