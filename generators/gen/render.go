package gen

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
	"text/template"

	"github.com/Masterminds/sprig/v3"

	"github.com/fettle-ci/fettle/templates"
)

// allowed are the functions of sprig that templates may call. Sprig has two
// hundred; most are not needed, some are random, some return the order of a
// map, some hide errors: what stands here is pure, and used.
var allowed = []string{"join"}

// all are the functions of sprig, which copies them for each who asks.
var all = sync.OnceValue(sprig.HermeticTxtFuncMap)

// functions returns the functions that every template may call: the allowed
// ones of sprig, and the quoting of YAML. A target adds its own quoting.
func functions(own template.FuncMap) template.FuncMap {
	out := template.FuncMap{"yaml": YAMLValue, "yamlblock": yamlBlock}
	for _, name := range allowed {
		out[name] = all()[name]
	}
	for name, f := range own {
		out[name] = f
	}
	return out
}

// Templates parses the templates of one folder. A template that does not parse
// is a mistake of ours and panics.
func Templates(folder string, own template.FuncMap) *template.Template {
	t := template.New(folder).Option("missingkey=error").Funcs(functions(own))
	names, err := fs.Glob(templates.FS, folder+"/*.tmpl")
	if err != nil || len(names) == 0 {
		panic("gen: there are no templates in " + folder)
	}
	buffer := make([]byte, 16<<10)
	for _, name := range names {
		template.Must(t.New(path.Base(name)).Parse(textOf(name, buffer)))
	}
	return t
}

// textOf is the text of a template, copied once and not twice as by ParseFS: the
// texts are a tenth of what a run reads and writes in memory.
func textOf(name string, buffer []byte) string {
	var b strings.Builder
	f, err := templates.FS.Open(name)
	if err == nil {
		defer f.Close()
		var info fs.FileInfo
		if info, err = f.Stat(); err == nil {
			b.Grow(int(info.Size()))
			_, err = io.CopyBuffer(&b, f, buffer)
		}
	}
	if err != nil {
		panic("gen: " + err.Error())
	}
	return b.String()
}

// Render executes one template of a set. A failure is a mistake of ours, since
// a view holds everything that its template asks for, and panics.
func Render(t *template.Template, name string, view any) []byte {
	b := buffers.Get().(*bytes.Buffer)
	if err := t.ExecuteTemplate(b, name, view); err != nil {
		panic(fmt.Sprintf("gen: %v", err))
	}
	return b.Bytes()
}

// Recycle takes a rendered text back that nobody reads any more: the next one is
// written in its place. Most files of a run stand on the disk already, and memory
// that a run asks for anew costs more than what is written into it.
func Recycle(content []byte) {
	if cap(content) >= room {
		buffers.Put(bytes.NewBuffer(content[:0]))
	}
}

// room is what most files take.
const room = 64 << 10

var buffers = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, room)) }}
