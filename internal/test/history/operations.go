package history

import "fmt"

const mirror, production = "hotfix-dev", "production"

// walk is a way through the operations on a history whose last version is known.
type walk func(r *Run, last int, m measure) error

// walks are in the order in which Measure goes them; the first is the reference.
var walks = []walk{(*Run).plain, (*Run).nextDelivery, (*Run).hotfix, (*Run).redeploy, (*Run).person}

// steps runs each until one fails.
func steps(all ...func() error) error {
	for _, step := range all {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// asks runs an operation, measured under its name and the kind of the run.
func (r *Run) asks(m measure, args ...string) func() error {
	return r.namedJob(m, args[0], args...)
}

func (r *Run) namedJob(m measure, name string, args ...string) func() error {
	return func() error {
		do := func() error { return r.op(args...) }
		if m == nil {
			return do()
		}
		return m(r.kind+": "+name, do)
	}
}

func (r *Run) in(branch string) func() error { return func() error { return r.job(branch) } }

func (r *Run) sets(key, value string) func() error {
	return func() error { r.env[key] = value; return nil }
}

func (r *Run) starts(kind string, number int) func() error {
	return func() error { r.start(kind, number); return nil }
}

func (r *Run) commits(branch, message, file string) func() error {
	return func() error { return r.commit(branch, message, file) }
}

// candidate is the job of it, after a check that passed.
func (r *Run) candidate(branch string, m measure) func() error {
	return func() error {
		return steps(r.in(branch), r.sets("RELEASE_EVIDENCE_UNIT", "exit-code"), r.sets("RELEASE_RESULT_UNIT", "success"), r.asks(m, "candidate", "--outcomes", "unit"))
	}
}

// approvalJob are the job that asks and what was answered.
func (r *Run) approvalJob(branch string, m measure, args ...string) func() error {
	return func() error {
		return steps(r.in(branch), r.asks(m, append([]string{"request", production}, args...)...), r.sets("RELEASE_APPROVERS", "release=lead"))
	}
}

func (r *Run) deployment(m measure) func() error {
	return func() error {
		return steps(r.asks(m, "begin", production), r.asks(m, "deployed", production), r.asks(m, "passed", production))
	}
}

// mirrorJob is the job that puts elsewhere what production runs.
func (r *Run) mirrorJob(branch string, m measure) func() error {
	return func() error {
		r.start(r.kind, r.number)
		return steps(r.in(branch), r.asks(m, "mirror", mirror, production), r.namedJob(m, "mirror deployed", "deployed", mirror), r.namedJob(m, "mirror passed", "passed", mirror))
	}
}

func (r *Run) delivery(version int, m measure) error {
	r.start("delivery", version)
	return steps(r.in(mainline), r.asks(m, "identify", "delivery"), r.candidate(mainline, m), r.approvalJob(mainline, m), r.in(mainline), r.deployment(m), r.mirrorJob(mainline, m))
}

func (r *Run) nextDelivery(last int, m measure) error {
	if err := r.commit(mainline, "Another change", "src/more.txt"); err != nil {
		return err
	}
	return r.delivery(last+1, m)
}

// hotfix repairs what production runs, and brings it home.
func (r *Run) hotfix(last int, m measure) error {
	line := fmt.Sprintf("hotfix/%d", last)
	r.start("hotfix", last+1)
	return steps(r.commits(line, "Repair it\n\nIncident: INC1", "src/repaired.txt"),
		r.in(line), r.asks(m, "identify", "hotfix"), r.candidate(line, m), r.approvalJob(line, m), r.in(line), r.deployment(m),
		r.in(line), r.asks(m, "merge-back"), r.mirrorJob(line, m))
}

// redeploy puts the version before back.
func (r *Run) redeploy(last int, m measure) error {
	r.start("redeploy", last+1)
	return steps(r.in(mainline), r.asks(m, "resolve", production, fmt.Sprint(last-1)), r.approvalJob(mainline, m), r.in(mainline), r.asks(m, "payload"), r.deployment(m))
}

// person is what somebody asks who looks after production: among it a deployment
// that fails, and what is said of it.
func (r *Run) person(last int, m measure) error {
	r.start("operate", last+1)
	return steps(
		r.in(mainline), r.asks(m, "status"),
		r.in(mainline), r.asks(m, "measures", "90"),
		r.in(mainline), r.asks(m, "hold", production, "Looking"),
		r.in(mainline), r.asks(m, "resume", production, "hold-1", "Looked"),
		r.commits(mainline, "Another change", "src/more.txt"), r.starts("delivery", last+1),
		r.in(mainline), r.asks(nil, "identify", "delivery"), r.candidate(mainline, nil),
		r.in(mainline), r.sets("RELEASE_APPROVERS", "release=lead"), r.asks(nil, "begin", production), r.asks(m, "failed", production),
		r.starts("operate", last+2), r.in(mainline), r.asks(m, "settle", production, fmt.Sprint(last+1), "Looked"),
		r.starts("correction", last+3), r.sets("RELEASE_REASON", "Looked"), r.approvalJob(mainline, m, fmt.Sprint(last), "withdraw"),
		r.in(mainline), r.asks(m, "correct", production, fmt.Sprint(last), "withdraw"),
	)
}

// plain is the reference, beside which the others are seen.
func (r *Run) plain(last int, m measure) error {
	return steps(r.in(mainline), func() error {
		return m("plain: tag and branch in one push", func() error { return r.sh(nil, r.place.dir+"/plain.sh", fmt.Sprint(last+1), "HEAD") })
	})
}
