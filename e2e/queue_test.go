package e2e

import (
	"slices"
)

// queue is who has a lock, and who wants it. A host that counts jobs which
// were only created, GitLab, says so when a pipeline begins.
type queue struct {
	holder  *run
	waiting []*run // in order
	created []*run // once a job that will want it
}

// chooser is an engine whose host does not take the first that came.
type chooser interface {
	// next is who gets the lock, or nil where it stays free although somebody waits.
	next(w *world, name string, q *queue) *run
}

func (w *world) queueOf(name string) *queue {
	if w.locks[name] == nil {
		w.locks[name] = &queue{}
	}
	return w.locks[name]
}

// willWant counts a job that was created and has not come to its lock.
func (w *world) willWant(r *run, name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q := w.queueOf(name)
	q.created = append(q.created, r)
}

// lock queues, and drops nobody.
func (w *world) lock(r *run, name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q := w.queueOf(name)
	if i := slices.Index(q.created, r); i >= 0 {
		q.created = slices.Delete(q.created, i, i+1)
	}
	q.waiting = append(q.waiting, r)
	for !r.killed && (q.holder != nil || w.next(name, q) != r) {
		w.changed.Wait()
	}
	q.waiting = without(q.waiting, r)
	q.holder = r
}

func (w *world) next(name string, q *queue) *run {
	if c, ok := w.eng.(chooser); ok {
		return c.next(w, name, q)
	}
	return q.waiting[0]
}

func (w *world) unlock(r *run, name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queueOf(name).leave(r)
	w.changed.Broadcast()
}

func (q *queue) leave(r *run) {
	if q.holder == r {
		q.holder = nil
	}
	q.waiting = without(q.waiting, r)
}

// heldBy is a lock that a run has or waits for, or "".
func (w *world) heldBy(r *run) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for name, q := range w.locks {
		if q.holder == r || slices.Contains(q.waiting, r) {
			return name
		}
	}
	return ""
}

// leaveAll is the end of a run. The caller holds w.mu.
func (w *world) leaveAll(r *run) {
	for _, q := range w.locks {
		q.leave(r)
		q.created = without(q.created, r)
	}
	w.changed.Broadcast()
}

func without(all []*run, r *run) []*run {
	return slices.DeleteFunc(all, func(o *run) bool { return o == r })
}
