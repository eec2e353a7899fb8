package schema

import (
	_ "embed"
	"slices"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// zoneNames are the time zones that a policy can name, one a line: those of
// the IANA that stand for a place, and UTC.
//
//go:embed zones.txt
var zoneNames string

// zone reads a name of a time zone. The zero location stands for one that is
// not known, which has been reported: its times are not read.
func (d *decoder) zone(v Value[string]) *time.Location {
	names := strings.Fields(zoneNames)
	if !slices.Contains(names, v.V) {
		if v.Set && v.V != "" {
			d.report(unknownZone(v.V, names, v.Range))
		}
		return nil
	}
	loc, err := time.LoadLocation(v.V)
	if err != nil {
		panic("schema: the zone " + v.V + " is not in the compiler: " + err.Error())
	}
	return loc
}

const (
	dayForm  = "2006-01-02"
	timeForm = "2006-01-02T15:04"
)

// moment reads a day or a time. The end of a span is the first instant after
// it: a day belongs to it as a whole.
func (d *decoder) moment(n *syntax.Node, name string, loc *time.Location, end bool) Value[time.Time] {
	v := d.str(n, name, "")
	out := Value[time.Time]{Range: v.Range}
	if !v.Set || v.V == "" || loc == nil {
		return out
	}
	if day, err := time.Parse(dayForm, v.V); err == nil {
		if end {
			day = day.AddDate(0, 0, 1)
		}
		out.V, out.Set = beginning(day, loc), true
		return out
	}
	wall, err := time.Parse(timeForm, v.V)
	if err != nil {
		d.report(badMoment(name, v.V, v.Range))
		return out
	}
	first, last := instants(wall, loc)
	if first.IsZero() {
		d.report(noSuchTime(v.V, loc.String(), v.Range))
		return out
	}
	out.V, out.Set = first, true
	if end {
		out.V = last // a time that comes twice ends the second time: a freeze is rather longer than shorter
	}
	return out
}

// instants are the first and the last at which the clocks of a zone show a
// time: two when they are put back, none when they are put forward.
func instants(wall time.Time, loc *time.Location) (first, last time.Time) {
	for offset := -26 * time.Hour; offset <= 26*time.Hour; offset += 15 * time.Minute {
		at := wall.Add(offset).In(loc)
		if at.Format(timeForm) != wall.Format(timeForm) {
			continue
		}
		if first.IsZero() {
			first = at
		}
		last = at
	}
	return first, last
}

// beginning is the first instant of a day: midnight, or what comes after it
// where clocks are put forward at midnight.
func beginning(day time.Time, loc *time.Location) time.Time {
	for wall := day; ; wall = wall.Add(15 * time.Minute) {
		if first, _ := instants(wall, loc); !first.IsZero() {
			return first
		}
	}
}
