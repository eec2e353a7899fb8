// Package script renders .fettle/release.sh: the operations of the release
// process, the same for every target.
package script

import (
	"fmt"
	"strings"
)

// Config is what the script must know of a policy. Everything in it was
// decided before; the template prints it.
type Config struct {
	Header                                                   string
	Policy, Component, Mainline, Ledger, Active, Version     string
	Script, MergeBackPrefix                                  string
	VersionCommand                                           string // POSIX sh that prints a version, where Version is "command"
	Candidate, Release, Line, HotfixCandidate, HotfixRelease Pattern
	Environments                                             []Environment
	DeliveryChecks, HotfixChecks                             []string // what a candidate must carry
	OlderBranches                                            []string // of HotfixChecks: those that branches with older files need too
	HotfixApprovals                                          []string // production/release: the approvals of the hotfix flow
	Waivers                                                  []Waiver
	IncidentPattern                                          string // POSIX ERE; "" means any text
	Paths                                                    []string
	Unmergeable, Irreversible                                []string  // globs, as git's :(glob) reads them
	ReleaseBranch                                            Pattern   // around what tells release branches apart; zero when there are none
	FromReleases                                             bool      // deliveries come from release branches
	Image                                                    bool      // what is built is an image in a registry
	MergeBack                                                MergeBack // Mode "" where the policy has no hotfix
	Committer                                                Committer // Name "" where the policy does not say
	LFS                                                      string    // what becomes of files that are kept there: fetched, left; "" where the policy does not say
	Forge                                                    string
	PolicyCheck                                              bool     // fettle looks at the policy on merge requests
	Freezes                                                  []Freeze // one a window
	BreakGlass                                               *BreakGlass
	Corrections                                              bool     // a person may say, with an approval, that the ledger is wrong
	ApprovedOperations                                       bool     // some of it also where nothing is wrong
	Redeployable                                             []string // environments where a former version can be put back
	AuthorsExcluded                                          bool     // an approval asks who wrote the commits
}

// Pattern is a name around a version.
type Pattern struct{ Prefix, Suffix string }

// Environment is one environment and its tier.
type Environment struct{ ID, Tier string }

// Waiver is a check or an environment that hotfixes leave out, and why.
type Waiver struct {
	Check, Environment string
	Approvals          []string // of the environment
	Reason             string
}

// MergeBack says how a hotfix is merged back.
type MergeBack struct{ Mode, OnConflict, Owner, Within string }

// Committer is who the commits of the script are by.
type Committer struct {
	Name, Email string
	Signed      bool
}

// comparePages are what a forge calls the page that shows what one commit has and
// another lacks, after the address of the repository: as the replacement of sed in a
// text of the shell, where $1 is the other one.
var comparePages = map[string]string{
	"github": "/compare/$1...$2",
	"gitlab": "/-/compare/$1...$2",
	"gitea":  "/compare/$1...$2",
	"azure":  `/branchCompare?baseVersion=GC$1\&targetVersion=GC$2\&_a=commits`,
}

// ComparePage is that of the policy's forge; "" where there is none.
func (s Config) ComparePage() string { return comparePages[s.Forge] }

// EnvironmentIDs are all environments, separated by blanks: ids hold none.
func (s Config) EnvironmentIDs() string { return s.ids("") }

// ProductionIDs are those of the tier production.
func (s Config) ProductionIDs() string { return s.ids("production") }

// DevelopmentIDs are those of the tier development.
func (s Config) DevelopmentIDs() string { return s.ids("development") }

func (s Config) ids(tier string) string {
	var out []string
	for _, e := range s.Environments {
		if tier == "" || e.Tier == tier {
			out = append(out, e.ID)
		}
	}
	return strings.Join(out, " ")
}

// WaiverLines are the waivers, one a line.
func (s Config) WaiverLines() string {
	var out []string
	for _, w := range s.Waivers {
		what := w.Check
		if w.Environment != "" {
			what = "environment:" + w.Environment
			if len(w.Approvals) > 0 {
				what += " (with its approvals: " + strings.Join(w.Approvals, ", ") + ")"
			}
		}
		out = append(out, what+" "+strings.ReplaceAll(w.Reason, "\n", " "))
	}
	return strings.Join(out, "\n")
}

// PathLines are the globs of what belongs to the policy, one a line.
func (s Config) PathLines() string { return strings.Join(s.Paths, "\n") }

// UnmergeableLines are the globs, one a line.
func (s Config) UnmergeableLines() string { return strings.Join(s.Unmergeable, "\n") }

// IrreversibleLines are the globs, one a line.
func (s Config) IrreversibleLines() string { return strings.Join(s.Irreversible, "\n") }

// BreakGlass is what it may skip, and in what time it is reviewed.
type BreakGlass struct {
	MaySkip       []string
	ReviewSeconds int64
}

// Freeze is one window of a freeze: from the second Begin to before the second
// End, since 1970, and what each flow may do in it.
type Freeze struct {
	Name                       string
	Begin, End                 int64
	Delivery, Hotfix, Redeploy string
	Until                      string // for reading: the end by the clocks of the zone
	Environments               []string
}

// FreezeLines are the windows, one a line.
func (s Config) FreezeLines() string {
	var out []string
	for _, f := range s.Freezes {
		out = append(out, fmt.Sprintf("%s %d %d %s %s %s %s %s", f.Name, f.Begin, f.End, f.Delivery, f.Hotfix, f.Redeploy, f.Until, strings.Join(f.Environments, " ")))
	}
	return strings.Join(out, "\n")
}
