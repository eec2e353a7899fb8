package flow

import "github.com/fettle-ci/fettle/schema/diag"

// Together completes the plans of one repository by what they have in common,
// and reports what two of them would both call by one name.
func Together(plans []*Plan) diag.Diagnostics {
	var diags diag.Diagnostics
	m := newMeetings(plans)
	for i, p := range plans {
		p.Shares = p.Shares || len(plans) > 1
		for _, o := range m.before(i) {
			diags = append(diags, clashes(p, plans[o])...)
		}
	}
	return append(diags, limitTogether(plans)...)
}

// clashes compares what the systems know by name: environments and their
// locks, the files of the ledger, jobs that may be in one pipeline, files, stages.
func clashes(p, o *Plan) diag.Diagnostics {
	var diags diag.Diagnostics
	var job string
	for _, d := range p.names.all {
		f := o.names.holder(d)
		switch {
		case f == nil:
		case d.of == pushes && f.of == pushes:
		case d.space == environmentSpace:
			diags = append(diags, environmentsClash(p, o, d, *f))
		case d.space == fileSpace || d.space == stageSpace:
			diags = append(diags, namesBecomeOne(*f, d))
		case d.space == jobSpace && job == "":
			job = d.text
		}
	}
	for _, pair := range [][2]*Plan{{p, o}, {o, p}} {
		for _, e := range pair[0].Environments {
			if pair[0].Component == "" && e.ID == pair[1].Component {
				diags = append(diags, environmentIsComponent(pair[0], pair[1], e))
			}
		}
	}
	if len(diags) == 0 && job != "" {
		diags = append(diags, jobsClash(p, o, job))
	}
	return diags
}
