package settings

import (
	"fmt"
	"io"
	"strings"
)

// Comparison is what one host was found to be set to.
type Comparison struct {
	Host     *Host
	Findings []Finding
}

// Fine says that every setting is as it must be, or was looked at where no
// interface tells.
func Fine(comparisons []Comparison) bool {
	for _, c := range comparisons {
		for _, f := range c.Findings {
			if f.Outcome != AsItMustBe && f.Outcome != LookedAt {
				return false
			}
		}
	}
	return true
}

// FindingsText prints comparisons for people.
func FindingsText(w io.Writer, comparisons []Comparison) error {
	var b strings.Builder
	for _, c := range comparisons {
		fmt.Fprintf(&b, "%s\n", c.Host.Title)
		counts := map[Outcome]int{}
		for _, f := range c.Findings {
			counts[f.Outcome]++
			fmt.Fprintf(&b, "  %s: %s\n", f.Outcome, f.Setting.What)
			switch f.Outcome {
			case NotKnown:
				fmt.Fprintf(&b, "    %s\n", f.Reason)
			case Differs:
				fmt.Fprintf(&b, "    is:   %s\n    must: %s\n", f.Is, f.Must)
			case LookedAt:
				fmt.Fprintf(&b, "    by %s on %s, until %s: %s\n", f.Look.By, f.Look.On, f.Look.Until, f.Look.Reason)
			case Missing, AsItMustBe:
			default:
				panic("settings: unexpected outcome " + string(f.Outcome))
			}
		}
		fmt.Fprintf(&b, "  %d as they must be, %d looked at by people, %d differ, %d missing, %d not known\n", counts[AsItMustBe], counts[LookedAt], counts[Differs], counts[Missing], counts[NotKnown])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type jsonComparisons struct {
	FormatVersion int              `json:"format_version"`
	Hosts         []jsonComparison `json:"hosts"`
}

type jsonComparison struct {
	Host     string        `json:"host"`
	Settings []jsonFinding `json:"settings"`
}

type jsonFinding struct {
	ID      string    `json:"id"`
	What    string    `json:"what"`
	Outcome Outcome   `json:"outcome"`
	Is      string    `json:"is,omitempty"`
	Must    string    `json:"must,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	Looked  *jsonLook `json:"looked,omitempty"`
}

type jsonLook struct {
	By     string `json:"by"`
	On     string `json:"on"`
	Until  string `json:"until"`
	Reason string `json:"reason"`
}

// FindingsJSON prints comparisons for programs: one object.
func FindingsJSON(w io.Writer, comparisons []Comparison) error {
	out := jsonComparisons{FormatVersion: jsonFormat, Hosts: []jsonComparison{}}
	for _, c := range comparisons {
		j := jsonComparison{Host: c.Host.Name}
		for _, f := range c.Findings {
			j.Settings = append(j.Settings, newJSONFinding(f))
		}
		out.Hosts = append(out.Hosts, j)
	}
	return encode(w, out)
}

func newJSONFinding(f Finding) jsonFinding {
	out := jsonFinding{ID: f.Setting.ID, What: f.Setting.What, Outcome: f.Outcome, Is: f.Is, Must: f.Must, Reason: f.Reason}
	if k := f.Look; k != nil {
		out.Looked = &jsonLook{k.By, k.On, k.Until, k.Reason}
	}
	return out
}
