package report

import (
	"encoding/json"
	"io"
)

// jsonFormat is raised when a field changes its meaning; new fields may come
// without it.
const jsonFormat = 1

type jsonReports struct {
	FormatVersion int          `json:"format_version"`
	Policies      []jsonReport `json:"policies"`
}

type jsonReport struct {
	Policy       string            `json:"policy"`
	Description  string            `json:"description,omitempty"`
	Active       string            `json:"active"`
	Targets      []string          `json:"targets"`
	Requirements []jsonRequirement `json:"requirements"`
	Unguarded    []jsonRequirement `json:"unguarded"`
}

type jsonRequirement struct {
	Kind    Kind                 `json:"kind"`
	Text    string               `json:"text"`
	File    string               `json:"file"`
	Line    int                  `json:"line"`
	Answers []string             `json:"answers"`
	On      map[string][]jsonWay `json:"on"`
}

type jsonWay struct {
	How  How    `json:"how"`
	What string `json:"what"`
	Path string `json:"path,omitempty"`
	Line int    `json:"line,omitempty"`
}

// JSON prints accounts for programs: one object.
func JSON(w io.Writer, reports []*Report) error {
	out := jsonReports{FormatVersion: jsonFormat, Policies: []jsonReport{}}
	for _, r := range reports {
		out.Policies = append(out.Policies, r.json())
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func (r *Report) json() jsonReport {
	return jsonReport{r.Policy, r.Description, r.Active, r.Targets, r.jsonOf(r.Requirements), r.jsonOf(r.Unguarded)}
}

func (r *Report) jsonOf(requirements []Requirement) []jsonRequirement {
	out := []jsonRequirement{}
	for _, q := range requirements {
		j := jsonRequirement{Kind: q.Kind, Text: q.Text, File: q.At.Filename, Line: q.At.Start.Line, Answers: []string{}, On: map[string][]jsonWay{}}
		for _, s := range q.Answers {
			j.Answers = append(j.Answers, s.ID)
		}
		for i, ways := range q.On {
			for _, way := range ways {
				j.On[r.Targets[i]] = append(j.On[r.Targets[i]], jsonWay(way))
			}
		}
		out = append(out, j)
	}
	return out
}
