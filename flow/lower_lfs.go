package flow

// lowerLFS lets jobs have the files that are kept in Git LFS where commands of
// the policy may read them: at the checkout, or when the release script checks
// out what was released. Other jobs do without, since hosts count what is
// fetched; so do notifications, which build and deploy nothing.
func (l *lowering) lowerLFS() {
	if l.plan.LFS != LFSFetched {
		return
	}
	for _, f := range l.plan.Flows {
		for _, j := range f.Jobs {
			if j.Kind != JobRequest && j.Kind != JobNotify {
				withLFS(j)
			}
		}
	}
}

func withLFS(j *Job) {
	at := -1 // the checkout before the next command, until one has been there
	for i, s := range j.Steps {
		switch s := s.(type) {
		case Checkout:
			at = i
		case Operation:
			switch {
			case s.checksOut(): // and fetches them
				at = -1
			case s.RunsCommand():
				at = checkoutWithLFS(j, at)
			}
		case Run, Native:
			at = checkoutWithLFS(j, at)
		}
	}
}

func checkoutWithLFS(j *Job, at int) int {
	if at >= 0 {
		c := j.Steps[at].(Checkout)
		c.LFS = true
		j.Steps[at] = c
	}
	return -1
}
