package flow

import "github.com/fettle-ci/fettle/schema/diag"

// Together completes the plans of one repository by what they have in common,
// and reports what two of them would both call by one name.
func Together(plans []*Plan) diag.Diagnostics {
	var diags diag.Diagnostics
	for i, p := range plans {
		p.Shares = p.Shares || len(plans) > 1
		for _, o := range plans[:i] {
			diags = append(diags, clashes(p, o)...)
		}
	}
	return diags
}

// clashes compares what the systems know by name: environments and their
// locks, the files of the ledger, jobs that may be in one pipeline.
func clashes(p, o *Plan) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, e := range p.Environments {
		for _, f := range o.Environments {
			if e.Name == f.Name {
				diags = append(diags, environmentsClash(p, o, e, f))
			}
		}
	}
	for _, pair := range [][2]*Plan{{p, o}, {o, p}} {
		for _, e := range pair[0].Environments {
			if pair[0].Component == "" && e.ID == pair[1].Component {
				diags = append(diags, environmentIsComponent(pair[0], pair[1], e))
			}
		}
	}
	if len(diags) == 0 {
		if id := sharedJob(p, o); id != "" {
			diags = append(diags, jobsClash(p, o, id))
		}
	}
	return diags
}

// sharedJob is the id of a job that both would have, or "".
func sharedJob(p, o *Plan) string {
	ids := map[string]bool{}
	for _, f := range o.Flows {
		for _, j := range f.Jobs {
			ids[o.Prefix()+j.ID()] = true
		}
	}
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			if id := p.Prefix() + j.ID(); ids[id] {
				return id
			}
		}
	}
	return ""
}
