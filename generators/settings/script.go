package settings

import (
	"fmt"
	"strings"
	"sync"
	"text/template"

	"github.com/fettle-ci/fettle/generators/gen"
)

var parsed = sync.OnceValue(func() *template.Template {
	return gen.Templates("settings", template.FuncMap{"sh": gen.Shell})
})

type scriptView struct {
	Mark, Title, Base, BaseName, Token string
	Unfit, UnfitWhy                    string // how the address of an edition ends that cannot be set
	Environment, Credential            []string
	Required, Known                    []Variable
	Settings                           []settingView
}

type settingView struct {
	ID, What, Hand string
	Needs          []Lookup
	Read           *readView
	Create, Update *Write
}

type readView struct{ Path, Now, Want string }

// Script is a script of POSIX sh that sets what is not as it must be. The second
// time it changes nothing.
func Script(l List) []byte {
	h := l.Host
	v := scriptView{
		Mark: gen.Mark, Title: h.Title, Token: h.Token.Name, Base: `"$` + h.Base.Name + `"`, BaseName: h.Base.Name, Credential: h.credential(), Known: h.Known,
		Unfit: h.Without.Suffix, UnfitWhy: h.Unfit(h.Without.Suffix),
	}
	if h.Base.Fallback != "" {
		v.Base = "${" + h.Base.Name + ":-" + h.Base.Fallback + "}"
	}
	for _, e := range h.Environment() {
		v.Environment = append(v.Environment, e.line())
		if e.Fallback == "" {
			v.Required = append(v.Required, e)
		}
	}
	for _, s := range l.Settings {
		v.Settings = append(v.Settings, newSettingView(s))
	}
	return gen.Render(parsed(), "settings.sh.tmpl", v)
}

// Environment are the variables that the script, and the comparison, read.
func (h *Host) Environment() []Variable {
	out := []Variable{h.Base}
	if h.User.Name != "" {
		out = append(out, h.User)
	}
	return append(append(out, h.Token), h.Known...)
}

func (v Variable) line() string {
	if v.Fallback != "" {
		return fmt.Sprintf("%s: %s (%s without it)", v.Name, v.Text, v.Fallback)
	}
	return v.Name + ": " + v.Text
}

// credential are commands that print options of curl. printf is a part of the
// shell: what it is given stands in no list of processes.
func (h *Host) credential() []string {
	switch h.Scheme {
	case Basic:
		user := ""
		if h.User.Name != "" {
			user = "$" + h.User.Name
		}
		return []string{`printf 'user = "%s"\n' "` + user + `:$` + h.Token.Name + `"`}
	case Bearer, PrivateToken:
		return []string{`printf 'header = "%s %s"\n' '` + string(h.Scheme) + `' "$` + h.Token.Name + `"`}
	default:
		panic("settings: unexpected scheme " + string(h.Scheme))
	}
}

func newSettingView(s Setting) settingView {
	v := settingView{ID: s.ID, What: s.What, Hand: s.Hand, Create: s.Create.program(), Update: s.Update.program()}
	for _, n := range s.Needs {
		n.Path = program(n.Path)
		v.Needs = append(v.Needs, n)
	}
	if s.Read != "" {
		v.Read = &readView{program(s.Read), s.Now, s.Want}
	}
	return v
}

// program writes a path as a text of jq: a name in braces is what was looked up.
// The other parts hold no brace, quote or backslash: part left none.
func program(path string) string {
	var b strings.Builder
	b.WriteByte('"')
	for {
		before, rest, found := strings.Cut(path, "{")
		b.WriteString(before)
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(`\(` + lookedUp(name) + ")")
		path = after
	}
	return b.String() + `"`
}

// program is the write with its path as a program.
func (w *Write) program() *Write {
	if w == nil {
		return nil
	}
	return &Write{w.Method, program(w.Path), w.Body}
}
