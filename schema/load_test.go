package schema_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// refusing is a repository with a file that may not be read.
type refusing struct{ fstest.MapFS }

func (r refusing) Open(name string) (fs.File, error) {
	if name == "base.release.hcl" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.Open(name)
}

// What cannot be read, and what is too much, is one error where it is named.
func TestFilesThatAreRefused(t *testing.T) {
	large := strings.Repeat("#", 1<<20)
	many := fstest.MapFS{}
	for _, name := range []string{"a", "b", "c", "d"} {
		many["base/"+name+".release.hcl"] = &fstest.MapFile{Data: []byte(large)}
	}
	for _, tt := range []struct {
		extends string
		files   fs.FS
		want    string
	}{
		{"base.release.hcl", refusing{fstest.MapFS{"base.release.hcl": {Data: []byte("")}}}, "may not be read"},
		{"pipe", fstest.MapFS{"pipe": {Mode: fs.ModeNamedPipe}}, "neither a file nor a directory"},
		{"base", fstest.MapFS{"base/release.hcl": {Data: []byte(large + "#")}}, "more than 1 MiB"},
		{"base", many, "4 MiB together"},
		{"base", fstest.MapFS{"base": {Data: []byte("/outside"), Mode: fs.ModeSymlink}}, "leads out of the repository"},
		{"base", fstest.MapFS{"base": {Data: []byte("base"), Mode: fs.ModeSymlink}}, "too many symbolic links"},
	} {
		policy := "policy \"p\" {\n  extends = \"" + tt.extends + "\"\n  targets = [\"github\"]\n}\n"
		_, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}, Files: tt.files})
		if len(diags) != 1 || !strings.Contains(diags[0].Detail, tt.want) {
			t.Errorf("%s: got %d diagnostics, want one with %q", tt.extends, len(diags), tt.want)
			for _, d := range diags {
				t.Log(d.Detail)
			}
		}
	}
}
