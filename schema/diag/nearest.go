package diag

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// Nearest returns the known name that is closest to the given one, or "" when
// none is close enough to be what was meant: up to five letters with one mistake
// in them, and one more for every three. A short word with two is another word:
// "file" is not "title".
func Nearest(name string, known []string) string {
	best, distance := "", min(max(len(name)/3, 1)+1, len(name))
	for _, k := range known {
		if d := mistakes(name, k); d < distance {
			best, distance = k, d
		}
	}
	return best
}

// mistakes counts what a typist did wrong: a letter too many, too few or
// another one, two letters in the wrong order, and all of it in the wrong case.
func mistakes(name, meant string) int {
	if strings.EqualFold(name, meant) {
		return 1
	}
	if len(name) == len(meant) {
		for i := range len(name) - 1 {
			if name[:i]+name[i+1:i+2]+name[i:i+1]+name[i+2:] == meant {
				return 1
			}
		}
	}
	return levenshtein.Distance(name, meant, nil)
}

// listAll is the number of names up to which a message lists all of them.
const listAll = 8

// Suggest ends a message about an unknown name: with the nearest known name,
// or with all of them when there are few. It begins with a blank, or is empty.
func Suggest(name string, known []string) string {
	if near := Nearest(name, known); near != "" {
		return fmt.Sprintf(" Did you mean %q?", near)
	}
	if len(known) == 0 || len(known) > listAll {
		return ""
	}
	return " There are: " + List(known) + "."
}

// List prints names in the order of the alphabet, separated by commas.
func List(names []string) string {
	return strings.Join(slices.Sorted(slices.Values(names)), ", ")
}
