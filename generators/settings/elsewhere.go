package settings

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// elsewhere is where CI system and repository are two hosts, and the second one
// has no list of its own.
func elsewhere(p *flow.Plan) []Setting {
	if p.Forge == "github" || p.Forge == "gitlab" || p.Forge == "gitea" {
		return nil
	}
	where := "The host of the repository"
	if p.Forge != "none" {
		where = "The host of the repository (" + p.Forge + ")"
	}
	never := slices.Concat([]string{p.Names.Ledger}, tags(p))
	what := where + " protects the mainline " + strings.ReplaceAll(codes(mainlines(p)), ", ", " and ") + " (merge requests, reviews, required checks), and " + strings.ReplaceAll(codes(never), ", ", " and ") + " (written by the release credential alone, never forced or deleted)"
	if p.Flow("hotfix") != nil {
		what += ", and " + code(p.Names.Line.Glob()) + " (developers push, nobody forces)"
	}
	return []Setting{{
		ID: "repository", What: what + ".", Why: "The flows decide by what is recorded there.",
		Hand: "In the settings of that host: where it is a target too, its own list says how.",
	}}
}
