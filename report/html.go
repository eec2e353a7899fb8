package report

import (
	_ "embed"
	"html/template"
	"io"
	"strings"
	"sync"
)

//go:embed page.html
var page string

var parsed = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{"code": code, "class": class}).Parse(page))
})

// accountView is one policy on the page.
type accountView struct {
	Title, Summary string
	Titles         []string
	Rows           []rowView
	Unguarded      []rowView
	Sources        []Source
}

type rowView struct {
	Text, Location, Answers string
	On                      [][]Way
}

// HTML prints accounts as one page that needs nothing beside it: no script, no
// font, no picture from elsewhere.
func HTML(w io.Writer, reports []*Report) error {
	var views []accountView
	for _, r := range reports {
		v := accountView{Title: r.heading(), Summary: r.summary(), Titles: r.Titles, Sources: r.sources()}
		for _, q := range r.Requirements {
			v.Rows = append(v.Rows, rowView{q.Text, q.location(), q.sources(), q.On})
		}
		for _, q := range r.Unguarded {
			v.Unguarded = append(v.Unguarded, rowView{Text: q.Text, On: q.On})
		}
		views = append(views, v)
	}
	return parsed().Execute(w, views)
}

// code turns the marks of the table's texts into HTML; everything else in them
// is escaped first.
func code(s string) template.HTML {
	var b strings.Builder
	for i, part := range strings.Split(s, "`") {
		if i%2 == 1 {
			b.WriteString("<code>" + template.HTMLEscapeString(part) + "</code>")
			continue
		}
		b.WriteString(template.HTMLEscapeString(strings.ReplaceAll(part, "*", "")))
	}
	return template.HTML(b.String())
}

func class(h How) string { return strings.ReplaceAll(string(h), " ", "-") }
