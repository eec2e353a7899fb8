package settings

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Markdown prints the settings as a checklist.
func Markdown(w io.Writer, lists []List) error {
	var b strings.Builder
	for i, l := range lists {
		if i > 0 {
			b.WriteByte('\n')
		}
		l.markdown(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (l List) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "# %s: what it must be set to\n\n", l.Host.Title)
	for _, s := range l.Settings {
		fmt.Fprintf(b, "- [ ] %s\n  %s\n", s.What, s.Why)
		if how := s.how(); how != "" {
			fmt.Fprintf(b, "  %s\n", how)
		}
	}
}

// how says who sets it: nothing where the script does all of it.
func (s Setting) how() string {
	switch {
	case s.byHand():
		return "By hand: " + s.Hand + s.unread()
	case s.Hand != "":
		return "By hand at times: " + s.Hand
	default:
		return ""
	}
}

func (s Setting) unread() string {
	if s.Read == "" {
		return " Nothing tells whether it is so: look again from time to time."
	}
	return ""
}

// byHand says that no script sets it.
func (s Setting) byHand() bool { return s.Create == nil && s.Update == nil }

// jsonFormat is raised when a field changes its meaning; new fields may come
// without it.
const jsonFormat = 1

type jsonLists struct {
	FormatVersion int        `json:"format_version"`
	Hosts         []jsonList `json:"hosts"`
}

type jsonList struct {
	Host     string        `json:"host"`
	Settings []jsonSetting `json:"settings"`
}

type jsonSetting struct {
	ID     string `json:"id"`
	What   string `json:"what"`
	Why    string `json:"why"`
	Script bool   `json:"script"` // the script sets it
	Verify bool   `json:"verify"` // the host tells what it is
	ByHand string `json:"by_hand,omitempty"`
}

// JSON prints the settings for programs: one object.
func JSON(w io.Writer, lists []List) error {
	out := jsonLists{FormatVersion: jsonFormat, Hosts: []jsonList{}}
	for _, l := range lists {
		j := jsonList{Host: l.Host.Name}
		for _, s := range l.Settings {
			j.Settings = append(j.Settings, jsonSetting{s.ID, s.What, s.Why, !s.byHand(), s.Read != "", s.Hand})
		}
		out.Hosts = append(out.Hosts, j)
	}
	return encode(w, out)
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
