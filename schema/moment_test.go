package schema

import (
	"strings"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// Every zone that a policy can name is in the compiler.
func TestZones(t *testing.T) {
	names := strings.Fields(zoneNames)
	for _, name := range names {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
	if len(names) < 400 {
		t.Errorf("only %d zones", len(names))
	}
}

// The edges of a span, by the clocks of its zone: days as a whole, also those
// that are longer or shorter; times that come twice, the longer way.
func TestSpan(t *testing.T) {
	tests := []struct{ name, zone, from, to, begin, end string }{
		{"a day", "UTC", "2026-12-19", "2026-12-19", "2026-12-19T00:00Z", "2026-12-20T00:00Z"},
		{"winter", "Europe/Berlin", "2026-12-19", "2027-01-04", "2026-12-18T23:00Z", "2027-01-04T23:00Z"},
		{"summer", "Europe/Berlin", "2026-07-01", "2026-07-01", "2026-06-30T22:00Z", "2026-07-01T22:00Z"},
		{"the day of 23 hours", "Europe/Berlin", "2026-03-29", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z"},
		{"the day of 25 hours", "Europe/Berlin", "2026-10-25", "2026-10-25", "2026-10-24T22:00Z", "2026-10-25T23:00Z"},
		{"times", "America/New_York", "2026-12-18T18:00", "2026-12-18T18:01", "2026-12-18T23:00Z", "2026-12-18T23:01Z"},
		{"the hour that comes twice", "Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z"},
		{"after the hour that never comes", "Europe/Berlin", "2026-03-29T01:59", "2026-03-29T03:00", "2026-03-29T00:59Z", "2026-03-29T01:00Z"},
		{"half an hour", "Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-05T01:45", "2026-04-04T14:45Z", "2026-04-04T15:15Z"},
		{"a day without a midnight", "Africa/Cairo", "2026-04-24", "2026-04-24", "2026-04-23T22:00Z", "2026-04-24T21:00Z"},
		{"the other side of the date line", "Pacific/Kiritimati", "2027-01-01", "2027-01-01", "2026-12-31T10:00Z", "2027-01-01T10:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := Parse(Input{Sources: []syntax.Source{{Name: "p.hcl", Bytes: []byte("policy \"p\" {\n targets = [\"github\"]\n timezone = \"" + tt.zone + "\"\n}\n" +
				"freeze \"f\" {\n from = \"" + tt.from + "\"\n to = \"" + tt.to + "\"\n}\n")}}})
			s := p.Freezes[0].Span
			if got := utc(s.From); got != tt.begin {
				t.Errorf("begins %s, want %s", got, tt.begin)
			}
			if got := utc(s.To); got != tt.end {
				t.Errorf("ends %s, want %s", got, tt.end)
			}
		})
	}
}

func utc(v Value[time.Time]) string { return v.V.UTC().Format("2006-01-02T15:04Z07:00") }
