package ledger

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

var glassID = regexp.MustCompile(`^glass-[0-9]+$`)

// readGlass reads ID RUN ENVIRONMENT VERSION INCIDENT.
func (l *Ledger) readGlass(at line) {
	if w := l.words(at, 5); w != nil {
		l.Glasses = append(l.Glasses, Glass{ID: w[0], Run: w[1], Environment: w[2], Version: w[3], Incident: w[4]})
	}
}

// readOpener reads ID PERSON.
func (l *Ledger) readOpener(at line) {
	w := l.words(at, 2)
	if w == nil {
		return
	}
	if g := l.glass(w[0]); g != nil && w[1] != "" && !slices.Contains(g.By, w[1]) {
		g.By = append(g.By, w[1])
	}
}

// readOpening reads ID DEADLINE TIME ENVIRONMENT VERSION: a review that is due. Of
// what was reviewed the state says only what was asked for.
func (l *Ledger) readOpening(at line) {
	w := l.words(at, 5)
	if w == nil {
		return
	}
	if !glassID.MatchString(w[0]) {
		l.reportDamage(at, "%q names no break glass", w[0])
		return
	}
	deadline, err := strconv.ParseInt(w[1], 10, 64)
	if err != nil {
		l.reportDamage(at, "the deadline %q is no number of seconds", w[1])
		return
	}
	opened, err := time.Parse(time.RFC3339, w[2])
	if err != nil {
		l.reportDamage(at, "%q is no time", w[2])
		return
	}
	l.Reviews = append(l.Reviews, Review{ID: w[0], Environment: w[3], Version: w[4], Opened: opened.UTC(), Deadline: time.Unix(deadline, 0).UTC()})
}

// completeReviews: what was asked for, and by whom, is in other lines.
func (l *Ledger) completeReviews() {
	for i := range l.Reviews {
		if g := l.glass(l.Reviews[i].ID); g != nil {
			l.Reviews[i].Incident, l.Reviews[i].By = g.Incident, g.By
		}
	}
}

func (l *Ledger) glass(id string) *Glass {
	for i := range l.Glasses {
		if l.Glasses[i].ID == id {
			return &l.Glasses[i]
		}
	}
	return nil
}
