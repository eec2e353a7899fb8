package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fettle-ci/fettle/schema/syntax"
)

func (d *decoder) schedule(n *syntax.Node) {
	out := &Schedule{Label: n.Label, Cron: d.cron(n, "cron"), Checks: d.checks(n, "checks"), Range: n.Header}
	d.requireEntries(n, "checks", "A schedule without a check does nothing: name one.")
	d.policy.Schedules = append(d.policy.Schedules, out)
}

// cronField is one of the five fields of a time, with the numbers that every
// system takes: one of them counts Sunday as 7 too, another knows no names.
type cronField struct {
	name     string
	from, to int
}

var cronFields = []cronField{{"minute", 0, 59}, {"hour", 0, 23}, {"day of the month", 1, 31}, {"month", 1, 12}, {"day of the week", 0, 6}}

// daysOfMonth are the most that a month has.
var daysOfMonth = []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// shortest is how often, in minutes, GitHub starts something at most.
const shortest = 5

// cron reads a time that means the same on every system.
func (d *decoder) cron(n *syntax.Node, name string) Value[string] {
	v := d.str(n, name, "")
	if !v.Set || v.V == "" {
		return v
	}
	fields := strings.Fields(v.V)
	if len(fields) != len(cronFields) {
		d.report(badCron(fmt.Sprintf("it has %d fields", len(fields)), v.Range))
		return v
	}
	var sets [][]int
	for i, text := range fields {
		set, why := cronFields[i].values(text)
		if why != "" {
			d.report(badCron(why, v.Range))
			return v
		}
		sets = append(sets, set)
	}
	v.V = strings.Join(fields, " ")
	switch {
	case fields[2] != "*" && fields[4] != "*":
		d.report(badCron("some systems run when the day of the month or the day of the week matches, and others when both do; leave one of them *", v.Range))
	case !dayExists(sets[2], sets[3]):
		d.report(badCron("no month that it names has such a day: it would never run", v.Range))
	case tooOften(sets[0], sets[1]):
		d.report(badCron(fmt.Sprintf("it asks for less than %d minutes between two runs, and GitHub starts nothing more often", shortest), v.Range))
	}
	return v
}

// values are the numbers that a field stands for, or why it is none.
func (f cronField) values(text string) (out []int, why string) {
	for part := range strings.SplitSeq(text, ",") {
		span, step, stepped := strings.Cut(part, "/")
		by := 1
		if stepped {
			var ok bool
			if by, ok = number(step); !ok || by < 1 || by > f.to {
				return nil, fmt.Sprintf("%q is no step of the %s", part, f.name)
			}
		}
		first, last, ok := f.span(span, stepped)
		if !ok {
			return nil, fmt.Sprintf("%q is no %s: write *, or numbers from %d to %d, with - for a range, / for a step and , between several", part, f.name, f.from, f.to)
		}
		for i := first; i <= last; i += by {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), ""
}

func (f cronField) span(text string, stepped bool) (first, last int, ok bool) {
	if text == "*" {
		return f.from, f.to, true
	}
	a, b, ranged := strings.Cut(text, "-")
	first, ok = number(a)
	last = first
	if ranged && ok {
		last, ok = number(b)
	}
	return first, last, ok && f.from <= first && first <= last && last <= f.to && (ranged || !stepped)
}

func number(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) <= 2 && s[0] != '+' && s[0] != '-'
}

func dayExists(days, months []int) bool {
	return slices.ContainsFunc(months, func(m int) bool { return days[0] <= daysOfMonth[m-1] })
}

// tooOften looks at the minutes of an hour, and over its end where two hours
// follow each other.
func tooOften(minutes, hours []int) bool {
	for i := 1; i < len(minutes); i++ {
		if minutes[i]-minutes[i-1] < shortest {
			return true
		}
	}
	follow := len(hours) == 24
	for i := 1; i < len(hours); i++ {
		follow = follow || hours[i] == hours[i-1]+1
	}
	return follow && minutes[0]+60-minutes[len(minutes)-1] < shortest
}
