// Package dispatch starts a flow on the host of the active target, by its REST
// interface, and follows the run. What is sent, each target says itself (gen.Start);
// here is how the answers are read.
//
// Whether the flow would be refused is not known here: whoever starts one asks the
// release script before.
package dispatch

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/settings"
)

// Order is what is started.
type Order struct {
	Plan   *flow.Plan
	Flow   *flow.Flow
	Target *gen.Target
	Branch string
	Fields []gen.Field
}

// Start is how the target starts it.
func (o *Order) Start() gen.Start { return o.Target.Start(o.Plan, o.Flow, o.Branch, o.Fields) }

// Value is what stands in a field of the form; "" where it is empty.
func (o *Order) Value(name string) string {
	for _, f := range o.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// Clock is the time, and waiting.
type Clock interface {
	Now() time.Time
	Wait(context.Context, time.Duration) error
}

// Session is a conversation with the host about one order. The client must not follow
// redirections: a token is for one host.
type Session struct {
	Order  *Order
	Client *settings.Client
	Clock  Clock

	host   *settings.Host
	system system
	known  map[string]string // by the names in braces
}

// system is how one host answers.
type system interface {
	needs() []string // of what is known of a place, by its name in braces
	rights() string  // that the token needs
	prepare(context.Context, *Session) error
	active(context.Context, *Session) ([]Run, error)
	send(context.Context, *Session) (Run, error)
	look(context.Context, *Session, Run) (*State, error)
}

// Run is one run of a flow, as its host has it.
type Run struct {
	ID      string // "": the host did not say which one it is
	Address string // for people
	By      string // who started it, where the host says so
	Note    string // what is not known of it
}

// New is a session with the host of the order's target.
func New(o *Order, c *settings.Client, clock Clock) *Session {
	s := &Session{Order: o, Client: c, Clock: clock, host: settings.Of(o.Target.Name), system: newSystem(o.Target.Name), known: map[string]string{}}
	for _, v := range s.host.Known {
		if s.known[v.As] = c.Known[v.As]; v.Encode {
			s.known[v.As] = url.PathEscape(c.Known[v.As])
		}
	}
	return s
}

func newSystem(target string) system {
	switch target {
	case "github":
		return &github{}
	case "gitlab":
		return &gitlab{}
	case "azure":
		return &azure{}
	case "jenkins":
		return &jenkins{}
	default:
		panic("dispatch: unexpected target " + target)
	}
}

// Needs are the variables of the environment without which the host cannot be asked.
func Needs(target string) []settings.Variable {
	h := settings.Of(target)
	out := []settings.Variable{h.Base}
	if h.User.Name != "" {
		out = append(out, h.User)
	}
	token := h.Token
	token.Text = "a token with " + newSystem(target).rights()
	out = append(out, token)
	for _, name := range newSystem(target).needs() {
		for _, v := range h.Known {
			if v.As == name {
				out = append(out, v)
			}
		}
	}
	return out
}

// Active are the runs of the flow that have not ended.
func (s *Session) Active(ctx context.Context) ([]Run, error) {
	if err := s.system.prepare(ctx, s); err != nil {
		return nil, err
	}
	return s.system.active(ctx, s)
}

// Send starts the flow. Active is asked before.
func (s *Session) Send(ctx context.Context) (Run, error) { return s.system.send(ctx, s) }

// Preview is the request for reading, without the credential. What the host would be
// asked for first stays in braces.
func (s *Session) Preview() string {
	r := s.Order.Start().Request
	base := strings.TrimSuffix(s.Client.Base, "/")
	if base == "" {
		base = "$" + s.host.Base.Name
	}
	return http.MethodPost + " " + base + s.expanded(r.Path) + "\nContent-Type: " + r.Type + "\n\n" + r.Body + "\n"
}

// expanded is a path with what is known; a name that is not stays.
func (s *Session) expanded(path string) string {
	for name, value := range s.known {
		if value != "" {
			path = strings.ReplaceAll(path, "{"+name+"}", value)
		}
	}
	return path
}

// job is the one of the flow that the host calls so.
func (s *Session) job(name string) *flow.Job {
	for _, j := range s.Order.Flow.Jobs {
		if name == j.Title || name == s.Order.Plan.Prefix()+j.ID() || name == strings.ReplaceAll(j.ID(), "-", "_") {
			return j
		}
	}
	return nil
}

// approval is the one that a job of that name waits for, and who may give it on the
// target; nil where the job is no approval.
func (s *Session) approval(name string) *Approval {
	j := s.job(name)
	if j == nil || j.Approval == nil {
		return nil
	}
	a := &Approval{Of: j.Title, Within: flow.Duration(j.Approval.Timeout)}
	for _, g := range j.Approval.Groups {
		a.By = append(a.By, g.On(s.Order.Target.Name))
	}
	return a
}
