package scenario

import "slices"

// Queue is who has a lock, and who wants it. A host that counts jobs which
// were only created, GitLab, says so when a pipeline begins.
type Queue struct {
	Waiting []*Run // in order
	Created []*Run // once a job that will want it

	holder *Run
}

// Chooser is an engine whose host does not take the first that came.
type Chooser interface {
	// Next is who gets the lock, or nil where it stays free although somebody waits.
	Next(name string, q *Queue) *Run
}

func (w *World) queueOf(name string) *Queue {
	if w.locks[name] == nil {
		w.locks[name] = &Queue{}
		w.changed.Broadcast()
	}
	return w.locks[name]
}

// WillWant counts a job that was created and has not come to its lock.
func (w *World) WillWant(r *Run, name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q := w.queueOf(name)
	q.Created = append(q.Created, r)
}

// Lock queues, and drops nobody.
func (w *World) Lock(r *Run, name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q := w.queueOf(name)
	if i := slices.Index(q.Created, r); i >= 0 {
		q.Created = slices.Delete(q.Created, i, i+1)
	}
	q.Waiting = append(q.Waiting, r)
	for !r.Killed && w.ctx.Err() == nil && (q.holder != nil || w.next(name, q) != r) {
		w.changed.Wait()
	}
	q.Waiting = without(q.Waiting, r)
	if !r.Killed && w.ctx.Err() == nil {
		q.holder = r
	}
}

func (w *World) next(name string, q *Queue) *Run {
	if c, ok := w.Engine.(Chooser); ok {
		return c.Next(name, q)
	}
	return q.Waiting[0]
}

// Unlock gives a lock back.
func (w *World) Unlock(r *Run, name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queueOf(name).leave(r)
	w.changed.Broadcast()
}

func (q *Queue) leave(r *Run) {
	if q.holder == r {
		q.holder = nil
	}
	q.Waiting = without(q.Waiting, r)
}

// Locks are the names of those that somebody has asked for. The caller asks
// within Until.
func (w *World) Locks() int { return len(w.locks) }

// HeldBy is a lock that a run has or waits for, or "".
func (w *World) HeldBy(r *Run) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for name, q := range w.locks {
		if q.holder == r || slices.Contains(q.Waiting, r) {
			return name
		}
	}
	return ""
}

// leaveAll is the end of a run. The caller holds w.mu.
func (w *World) leaveAll(r *Run) {
	for _, q := range w.locks {
		q.leave(r)
		q.Created = without(q.Created, r)
	}
	w.changed.Broadcast()
}

func without(all []*Run, r *Run) []*Run {
	return slices.DeleteFunc(all, func(o *Run) bool { return o == r })
}
