package scenario

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Token is what the pipelines push with. It must stand in no log.
const Token = "s3cret-of-the-pipelines"

// hook is what a host enforces: nothing is forced or deleted, tags stay where
// they are, and the mainline is protected from the pipelines. They are known by
// their token, or by the name that a web server gives them.
const hook = `#!/bin/sh
zero=0000000000000000000000000000000000000000
case ${REMOTE_USER:-}${FETTLE_TOKEN:+pipelines} in *pipelines*) who=pipelines ;; *) who=${FETTLE_REHEARSAL:+job} ;; esac
[ "$who" != job ] || { echo "protected: this job has no credential that may push" >&2; exit 1; }
while read -r old new ref; do
  case $new in $zero) echo "protected: $ref cannot be deleted" >&2; exit 1 ;; esac
  case $ref in
    refs/tags/*) [ "$old" = $zero ] || { echo "protected: $ref cannot be moved" >&2; exit 1; } ;;
    refs/heads/MAINLINE)
      [ "$who" != pipelines ] || [ -e "$GIT_DIR/pipelines-may-push-main" ] || { echo "protected: $ref takes merge requests only" >&2; exit 1; } ;;
  esac
  case $ref in refs/heads/*)
    [ "$old" = $zero ] || git merge-base --is-ancestor "$old" "$new" || { echo "protected: $ref cannot be forced" >&2; exit 1; } ;;
  esac
done
`

// dying is what a scenario does when something arrives: the machine that pushed
// it goes away before it knows. What arrived is named by the subject of a ledger's
// entry, or by a ref. Only a host on which somebody dies has this hook.
const dying = `#!/bin/sh
state=STATE
fault=$state/faults/kill-push
while read -r old new ref; do
  case $ref in refs/heads/fettle/ledger) arrived=$(git log -1 --format=%s "$new") ;; *) arrived=$ref ;; esac
  if [ -e "$fault" ] && [ "$(cat "$fault")" = "$arrived" ]; then
    rm "$fault"
    : >"$state/dying"
    while [ -e "$state/dying" ]; do sleep 0.05; done
    sleep 1 # until nothing of the run is left to hear the answer
  fi
done
`

// newRemote makes the host's repository.
func (w *World) newRemote(p *person) {
	p.git("", "init", "--quiet", "--bare", "--initial-branch="+w.Mainline, w.Bare)
	for _, setting := range []string{"http.receivepack", "receive.advertisePushOptions", "uploadpack.allowAnySHA1InWant", "uploadpack.allowFilter"} {
		p.git(w.Bare, "config", setting, "true")
	}
	if p.err == nil {
		p.err = os.WriteFile(filepath.Join(w.Bare, "hooks", "pre-receive"), []byte(strings.ReplaceAll(hook, "MAINLINE", w.Mainline)), 0o755)
	}
}

// Request is a merge request or an issue that the pipelines asked their host for.
type Request struct {
	Number             int
	Head, Base, Title  string
	Body               string
	Draft, Issue, Open bool
}

// Requests are all of them, in order.
func (w *World) Requests() []*Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.requests)
}

// Open records a request.
func (w *World) Open(q Request) *Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	q.Number, q.Open = len(w.requests)+1, true
	w.requests = append(w.requests, &q)
	return &q
}

// openRequests are the open requests for two branches.
func (w *World) openRequests(head, base string) []*Request {
	var out []*Request
	for _, q := range w.Requests() {
		if q.Open && !q.Issue && q.Head == head && q.Base == base {
			out = append(out, q)
		}
	}
	return out
}
