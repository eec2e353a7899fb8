package ledger

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	number = regexp.MustCompile(`^(0|[1-9][0-9]{0,11})$`)
	day    = regexp.MustCompile(`^[0-9]{8}$`)
	name   = regexp.MustCompile(`^[0-9A-Za-z_-]{1,60}$`)
)

// IsVersion tells whether a text is a version by the grammar of a scheme, as the
// release script has it.
func IsVersion(scheme, text string) bool {
	p := strings.Split(text, ".")
	isHotfix := func(s string) bool { return number.MatchString(s) && s != "0" }
	switch scheme {
	case "semver":
		return len(p) == 3 && number.MatchString(p[0]) && number.MatchString(p[1]) && number.MatchString(p[2])
	case "calendar":
		return len(p) > 1 && len(p) < 4 && day.MatchString(p[0]) && number.MatchString(p[1]) && (len(p) == 2 || isHotfix(p[2]))
	case "sequence", "height":
		return len(p) < 3 && number.MatchString(p[0]) && (len(p) == 1 || isHotfix(p[1]))
	default:
		return len(p) < 3 && name.MatchString(p[0]) && (len(p) == 1 || isHotfix(p[1]))
	}
}

// Nearest are the known versions around one that is unknown, the nearest first.
func Nearest(known []string, version string) []string {
	sorted := slices.Clone(known)
	slices.SortFunc(sorted, compareVersions)
	sorted = slices.Compact(sorted)
	at, _ := slices.BinarySearchFunc(sorted, version, compareVersions)
	var out []string
	for distance := 1; distance <= 2; distance++ {
		if at-distance >= 0 {
			out = append(out, sorted[at-distance])
		}
		if at+distance-1 < len(sorted) {
			out = append(out, sorted[at+distance-1])
		}
	}
	return out
}

// compareVersions compares number by number; what is none, by its letters.
func compareVersions(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		an, aErr := strconv.Atoi(as[i])
		bn, bErr := strconv.Atoi(bs[i])
		switch {
		case aErr == nil && bErr == nil && an != bn:
			return an - bn
		case aErr != nil || bErr != nil:
			if c := strings.Compare(as[i], bs[i]); c != 0 {
				return c
			}
		}
	}
	return len(as) - len(bs)
}
