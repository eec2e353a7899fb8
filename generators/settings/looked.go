package settings

import (
	"fmt"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/gohcl"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Look is what a person says of a setting that no interface tells.
type Look struct {
	Host   string `hcl:"host,label"`
	ID     string `hcl:"id,label"`
	By     string `hcl:"by"`
	On     string `hcl:"on"`    // a day, as all of them: 2026-11-25
	Until  string `hcl:"until"` // the last day on which it counts
	Reason string `hcl:"reason"`

	Range hcl.Range `hcl:",def_range"`
}

const (
	dayFormat = "2006-01-02"
	earliest  = 14 * time.Hour       // where a day begins first
	longest   = 366 * 24 * time.Hour // how long a look counts at most
)

// Looks reads what people have looked at. What the host tells itself, and what
// the policy asks of nobody, is a mistake.
func Looks(name string, src []byte, lists []List, today time.Time) ([]Look, hcl.Diagnostics) {
	file, diags := hclsyntax.ParseConfig(src, name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	var content struct {
		Looks []Look `hcl:"looked,block"`
	}
	if diags = gohcl.DecodeBody(file.Body, nil, &content); diags.HasErrors() {
		return nil, diags
	}
	seen := map[[2]string]bool{}
	for _, k := range content.Looks {
		wrong := k.wrong(lists, today)
		if key := [2]string{k.Host, k.ID}; seen[key] {
			wrong = "it stands here twice; write what was seen last"
		} else {
			seen[key] = true
		}
		if wrong != "" {
			diags = append(diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: fmt.Sprintf("looked %q %q", k.Host, k.ID), Detail: wrong, Subject: k.Range.Ptr()})
		}
	}
	return content.Looks, diags
}

// wrong is what is wrong with a look; "" when nothing is.
func (k Look) wrong(lists []List, today time.Time) string {
	s, why := k.setting(lists)
	on, unread := time.Parse(dayFormat, k.On)
	until, other := time.Parse(dayFormat, k.Until)
	switch {
	case why != "":
		return why
	case s.Read != "":
		return "the host tells this itself: set it as it must be, or ask with a token that sees it"
	case k.By == "" || k.Reason == "":
		return "by and reason say who looked, and what was seen"
	case unread != nil || other != nil:
		return "on and until are days, such as 2026-11-25"
	case on.After(today.Add(earliest)):
		return "on is a day that has not come"
	case until.Before(on) || until.Sub(on) > longest:
		return "until is the day by which somebody looks again: not before on, and a year after it at most"
	default:
		return ""
	}
}

// setting is what a look is of, or why it is of nothing.
func (k Look) setting(lists []List) (Setting, string) {
	why := "the policy asks nothing of this host; the ids are in fettle settings --format json"
	for _, l := range lists {
		if l.Host.Name != k.Host {
			continue
		}
		for _, s := range l.Settings {
			if s.ID == k.ID {
				return s, ""
			}
		}
		why = "there is no such setting of this host; the ids are in fettle settings --format json"
	}
	return Setting{}, why
}

// ApplyLooks puts what people have looked at in the place of what is not known. It
// is never as it must be: nobody but they saw it.
func ApplyLooks(host *Host, findings []Finding, looks []Look, today time.Time) {
	for i := range findings {
		f := &findings[i]
		for _, k := range looks {
			if k.Host != host.Name || k.ID != f.Setting.ID || f.Setting.Read != "" {
				continue
			}
			if until, err := time.Parse(dayFormat, k.Until); err != nil || today.After(until.AddDate(0, 0, 1)) {
				f.Reason = fmt.Sprintf("%s looked on %s; somebody had to look again by %s", k.By, k.On, k.Until)
				continue
			}
			f.Outcome, f.Reason, f.Look = LookedAt, "", &k
		}
	}
}
