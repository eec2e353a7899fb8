package ledger

import (
	"encoding/json"
	"io"
)

// JSONFormat is raised when a field of what is printed changes its meaning; new
// fields may come without it.
const JSONFormat = 1

// Listing is what list prints as JSON.
type Listing struct {
	FormatVersion int     `json:"format_version"`
	Ledger        string  `json:"ledger"`
	Head          string  `json:"head"`
	Entries       []Entry `json:"entries"`
}

// Verdict is what verify prints as JSON.
type Verdict struct {
	FormatVersion int       `json:"format_version"`
	Ledger        string    `json:"ledger"`
	Head          string    `json:"head"`
	Entries       int       `json:"entries"`
	Findings      []Finding `json:"findings"`
}

// Shown is what show prints as JSON.
type Shown struct {
	FormatVersion int `json:"format_version"`
	*Story
}

// JSON prints one of them for programs.
func JSON[T Listing | Verdict | Shown](w io.Writer, out T) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
