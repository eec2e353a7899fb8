package settings_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/settings"
)

var today = time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)

func looked(host, id, rest string) string {
	return fmt.Sprintf("looked %q %q {\n%s\n}\n", host, id, rest)
}

func signed(on, until string) string {
	return fmt.Sprintf("  by = \"ann\"\n  on = %q\n  until = %q\n  reason = \"The matrix of the folder\"", on, until)
}

// What nobody looked at, and what the host tells itself, cannot be acknowledged.
func TestLooks(t *testing.T) {
	lists := settings.Lists([]*flow.Plan{compiled(t, root+"/testdata/settings/policy.hcl")}, nil)
	for _, c := range []struct{ src, want string }{
		{looked("jenkins", "rights", signed("2026-11-20", "2027-11-20")), ""},
		{looked("jenkins", "rights", signed("2026-11-25", "2026-11-25")), ""},
		{looked("jenkins", "rights", signed("2026-11-20", "2027-11-30")), "a year after it at most"},
		{looked("jenkins", "rights", signed("2026-11-20", "2026-11-19")), "not before on"},
		{looked("jenkins", "rights", signed("2026-11-27", "2027-01-01")), "a day that has not come"},
		{looked("jenkins", "rights", signed("yesterday", "2027-01-01")), "are days"},
		{looked("jenkins", "rights", strings.Replace(signed("2026-11-20", "2027-01-01"), "ann", "", 1)), "who looked"},
		{looked("jenkins", "rights", "  by = \"ann\""), `"on" is required`},
		{looked("jenkins", "right", signed("2026-11-20", "2027-01-01")), "no such setting"},
		{looked("gitea", "user", signed("2026-11-20", "2027-01-01")), "asks nothing of this host"},
		{looked("jenkins", "plugins", signed("2026-11-20", "2027-01-01")), "the host tells this itself"},
		{strings.Repeat(looked("jenkins", "rights", signed("2026-11-20", "2027-01-01")), 2), "twice"},
		{"looked {", "looked"},
		{"seen {}", "seen"},
	} {
		_, diags := settings.Looks("looked.hcl", []byte(c.src), lists, today)
		if (c.want == "") == diags.HasErrors() || !strings.Contains(diags.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.src, diags, c.want)
		}
	}
}

// What people looked at is fine, and never as it must be; after its day it is not known again.
func TestLooked(t *testing.T) {
	list := listOf(t, "jenkins")
	src := looked("jenkins", "rights", signed("2026-11-20", "2027-01-01"))
	looks, diags := settings.Looks("looked.hcl", []byte(src), []settings.List{list}, today)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for day, want := range map[string]settings.Outcome{"2026-11-25": settings.LookedAt, "2027-01-01": settings.LookedAt, "2027-01-03": settings.NotKnown} {
		at, err := time.Parse("2006-01-02", day)
		if err != nil {
			t.Fatal(err)
		}
		findings := settings.Verify(context.Background(), list, client("jenkins", newFake(t, "jenkins")))
		settings.ApplyLooks(list.Host, findings, looks, at)
		for _, f := range findings {
			if f.Setting.ID == "rights" && f.Outcome != want {
				t.Errorf("on %s it is %s, want %s", day, f.Outcome, want)
			}
			if f.Setting.ID != "rights" && f.Outcome == settings.LookedAt {
				t.Errorf("nobody looked at %s", f.Setting.ID)
			}
			if f.Setting.ID != "rights" {
				continue
			}
			var text, json bytes.Buffer
			found := []settings.Comparison{{Host: list.Host, Findings: []settings.Finding{f}}}
			if settings.FindingsText(&text, found) != nil || settings.FindingsJSON(&json, found) != nil || settings.Fine(found) != (want == settings.LookedAt) {
				t.Error("what was looked at is fine while it counts")
			}
			if !strings.Contains(text.String(), "ann") || strings.Contains(json.String(), `"by": "ann"`) != (want == settings.LookedAt) {
				t.Errorf("%s\n%s", text.String(), json.String())
			}
		}
	}
}

// A plugin that is not there, not active or older than what the files use is
// named; one whose numbers begin anew (795.ve8e) is newer.
func TestOldPlugins(t *testing.T) {
	list := listOf(t, "jenkins")
	for _, f := range settings.Verify(context.Background(), list, client("jenkins", newFake(t, "jenkins"))) {
		if f.Setting.ID != "plugins" {
			continue
		}
		for name, lacks := range map[string]bool{"git": false, "copyartifact": false, "job-dsl": true, "junit": true, "pipeline-model-definition": true, "timestamper": true} {
			if strings.Contains(f.Is, `"`+name+`"`) != lacks {
				t.Errorf("%s is lacking: %v; it says %s (%s %s)", name, !lacks, f.Is, f.Outcome, f.Reason)
			}
		}
	}
}
