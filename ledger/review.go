package ledger

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

// glass is what was asked for.
type glass struct {
	incident string
	by       []string
}

var glassID = regexp.MustCompile(`^glass-[0-9]+$`)

// decodeReviews reads the reviews that are owed. Of what was reviewed the state
// says only what was asked for.
func decodeReviews(lines []line) ([]Review, error) {
	asked := map[string]*glass{}
	var out []Review
	for _, l := range lines {
		switch l.key {
		case "glass":
			w, err := l.words(5) // ID RUN ENVIRONMENT VERSION INCIDENT
			if err != nil {
				return nil, err
			}
			asked[w[0]] = &glass{incident: w[4]}
		case "openedby":
			w, err := l.words(2) // ID PERSON
			if err != nil {
				return nil, err
			}
			if g := asked[w[0]]; g != nil && w[1] != "" && !slices.Contains(g.by, w[1]) {
				g.by = append(g.by, w[1])
			}
		case "opened":
			r, err := decodeReview(l)
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
	}
	for i := range out {
		if g := asked[out[i].ID]; g != nil {
			out[i].Incident, out[i].By = g.incident, g.by
		}
	}
	return out, nil
}

// decodeReview reads ID DEADLINE TIME ENVIRONMENT VERSION.
func decodeReview(l line) (Review, error) {
	w, err := l.words(5)
	if err != nil {
		return Review{}, err
	}
	if !glassID.MatchString(w[0]) {
		return Review{}, l.errorf("%q names no break glass", w[0])
	}
	deadline, err := strconv.ParseInt(w[1], 10, 64)
	if err != nil {
		return Review{}, l.errorf("the deadline %q is no number of seconds", w[1])
	}
	opened, err := time.Parse(time.RFC3339, w[2])
	if err != nil {
		return Review{}, l.errorf("%q is no time", w[2])
	}
	return Review{ID: w[0], Environment: w[3], Version: w[4], Opened: opened.UTC(), Deadline: time.Unix(deadline, 0).UTC()}, nil
}
