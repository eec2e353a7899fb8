package settings

import (
	"context"
	"fmt"
	"net/http"

	"github.com/itchyny/gojq"
)

// Outcome is what the comparison of one setting came to.
type Outcome string

// The outcomes. What cannot be asked, or is not answered, is never taken for fine.
const (
	AsItMustBe Outcome = "as it must be"
	Differs    Outcome = "differs"
	Missing    Outcome = "missing"
	NotKnown   Outcome = "not known"
	LookedAt   Outcome = "looked at" // no interface tells; a person says so
)

// Finding is what a host says of one setting.
type Finding struct {
	Setting Setting
	Outcome Outcome
	Is      string // JSON: what is; with Differs
	Must    string // JSON: what must be
	Reason  string // why it is not known
	Look    *Look  // with LookedAt
}

// Doer sends requests. It must not follow redirections: a token is for one host.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Client asks one host. Nothing that it says holds the token.
type Client struct {
	Doer                    Doer
	Base                    string // of the REST interface
	User, Token, Unknowable string // Unknowable: why nothing can be asked; "" when it can
	Known                   map[string]string
}

// Verify compares what the host says with what it must be. It changes nothing.
func Verify(ctx context.Context, l List, c *Client) []Finding {
	q := &inquiry{ctx: ctx, host: l.Host, client: c, known: map[string]any{}, answers: map[string]answer{}}
	for _, v := range l.Host.Known {
		q.known[v.As] = c.Known[v.As]
		if v.Encode {
			q.known[v.As] = part(c.Known[v.As])
		}
	}
	var out []Finding
	for _, s := range l.Settings {
		out = append(out, q.judge(s))
	}
	return out
}

// inquiry is one comparison; what was answered once is not asked again.
type inquiry struct {
	ctx     context.Context
	host    *Host
	client  *Client
	known   map[string]any
	answers map[string]answer
}

type answer struct {
	value  any
	status int
	why    string // it says nothing; "" when it does
	next   string // address of the page that follows; "" after the last one
}

func (q *inquiry) judge(s Setting) Finding {
	unknown := func(why string) Finding { return Finding{Setting: s, Outcome: NotKnown, Reason: why} }
	switch {
	case s.Read == "":
		return unknown(fmt.Sprintf("no interface tells: a person has to look, and says so as looked %q %q", q.host.Name, s.ID))
	case q.client.Unknowable != "":
		return unknown(q.client.Unknowable)
	}
	for _, n := range s.Needs {
		found, why := q.lookup(n)
		switch {
		case why != "":
			return unknown(why)
		case found == nil && n.Optional:
			return Finding{Setting: s, Outcome: Missing}
		case found == nil:
			return unknown("there is no " + n.Name + ", or the token does not see it")
		}
		q.known[n.Name] = found
	}
	a := q.ask(s.Read)
	if a.status == http.StatusNotFound && a.why == "" {
		return Finding{Setting: s, Outcome: Missing}
	}
	if a.why != "" {
		return unknown(a.why)
	}
	return q.compare(s, a.value)
}

func (q *inquiry) compare(s Setting, value any) Finding {
	is, err := q.compute(s.Now, value)
	if err != nil {
		return Finding{Setting: s, Outcome: NotKnown, Reason: "the answer does not tell it: the token may lack rights"}
	}
	must, err := q.compute(s.Want, nil)
	if err != nil {
		return Finding{Setting: s, Outcome: NotKnown, Reason: "what it must be is not known"}
	}
	f := Finding{Setting: s, Outcome: Differs, Is: text(is), Must: text(must)}
	switch {
	case f.Is == f.Must:
		f.Outcome = AsItMustBe
	case is == nil || is == false:
		f.Outcome = Missing
	}
	return f
}

func (q *inquiry) lookup(n Lookup) (any, string) {
	a := q.ask(n.Path)
	switch {
	case a.why != "":
		return nil, a.why
	case a.status == http.StatusNotFound:
		return nil, ""
	}
	found, err := q.compute(n.Pick, a.value)
	if err != nil {
		return nil, n.Name + ": the answer cannot be read"
	}
	return found, ""
}

// ask reads a path. What is not found is only not there when the token sees
// everything: hosts hide what a token may not see.
func (q *inquiry) ask(path string) answer {
	url, err := q.compute(program(path), nil)
	if err != nil {
		return answer{why: "where to ask is not known"}
	}
	a := q.get(url.(string))
	if a.status == http.StatusNotFound && a.why == "" && !q.seesAll() {
		a.why = "not found, or hidden from the token: it needs " + q.host.Needed
	}
	return a
}

func (q *inquiry) seesAll() bool {
	url, err := q.compute(program(q.host.Rights.Path), nil)
	if err != nil {
		return false
	}
	a := q.get(url.(string))
	if a.why != "" || a.status != http.StatusOK {
		return false
	}
	sees, err := q.compute(q.host.Rights.Pick, a.value)
	return err == nil && sees == true
}

// compute runs a program, which gives one value; none is null.
func (q *inquiry) compute(src string, input any) (any, error) {
	parsed, err := gojq.Parse(src)
	if err != nil {
		return nil, err
	}
	code, err := gojq.Compile(parsed, gojq.WithVariables([]string{"$known"}))
	if err != nil {
		return nil, err
	}
	v, ok := code.RunWithContext(q.ctx, input, q.known).Next()
	if !ok {
		return nil, nil
	}
	if err, failed := v.(error); failed {
		return nil, err
	}
	return v, nil
}

// text is a value as JSON, with its keys in order: equal values, equal texts.
func text(v any) string {
	b, err := gojq.Marshal(v)
	if err != nil {
		panic("settings: " + err.Error()) // values of JSON only
	}
	return string(b)
}
