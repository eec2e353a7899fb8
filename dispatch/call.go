package dispatch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/ledger"
)

const maxBytes = 16 << 20 // bytes: more than any host answers

// reply is what a host answered.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// Error is what a host refused or did not answer, and what a person does then.
type Error struct {
	Found, Next string
	Unknown     bool // whether a run was started
	passing     bool // it may be asked again
}

func (e *Error) Error() string { return e.Found + ".\n  Next: " + e.Next }

// get asks for a path; into is made of its JSON.
func (s *Session) get(ctx context.Context, path string, into any) (*reply, error) {
	r, err := s.call(ctx, http.MethodGet, gen.Request{Path: path})
	if err != nil {
		return nil, err
	}
	if r.status != http.StatusOK {
		return r, s.refusal(r)
	}
	if json.Unmarshal(r.body, into) != nil {
		return r, s.unreadable()
	}
	return r, nil
}

// post sends a request; what is not one of the wanted answers is an error.
func (s *Session) post(ctx context.Context, request gen.Request, wanted ...int) (*reply, error) {
	r, err := s.call(ctx, http.MethodPost, request)
	var e *Error
	if errors.As(err, &e) && e.passing { // it may have arrived
		e.Unknown = true
		e.Next = "Look whether it runs, before it is started again: " + s.Order.Start().Button + "."
	}
	if err != nil {
		return nil, err
	}
	for _, status := range wanted {
		if r.status == status {
			return r, nil
		}
	}
	return r, s.refusal(r)
}

// call sends what it is given to the host, and to no other. An error of the transport
// has the address in its words, which may hold more than an address: it is not passed on.
func (s *Session) call(ctx context.Context, method string, request gen.Request) (*reply, error) {
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(s.Client.Base, "/")+s.expanded(request.Path), strings.NewReader(request.Body))
	if err != nil {
		return nil, &Error{Found: "the address of the host cannot be used", Next: "Look at " + s.host.Base.Name + "."}
	}
	r.Header.Set("Accept", "application/json")
	if request.Type != "" {
		r.Header.Set("Content-Type", request.Type)
	}
	s.host.Authorise(r, s.Client.User, s.Client.Token)
	response, err := s.Client.Doer.Do(r)
	if err != nil {
		return nil, &Error{Found: s.host.Title + " did not answer at " + r.URL.Host, Next: "Look at " + s.host.Base.Name + " and at the network, and start this again.", passing: true}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBytes))
	if err != nil {
		return nil, &Error{Found: "the answer of " + s.host.Title + " broke off", Next: "Start this again.", passing: true}
	}
	return &reply{response.StatusCode, response.Header, body}, nil
}

func (s *Session) unreadable() error {
	return &Error{Found: s.host.Title + " answered with something else than JSON", Next: "Look whether " + s.host.Base.Name + " is the address of its REST interface, and whether the token of " + s.host.Token.Name + " is valid."}
}

// refusal says what an answer means that is not the wanted one.
func (s *Session) refusal(r *reply) error {
	said := s.words(r)
	switch {
	case r.status == http.StatusUnauthorized, r.status == http.StatusForbidden, r.status == http.StatusNonAuthoritativeInfo:
		return &Error{Found: fmt.Sprintf("%s answered %d%s", s.host.Title, r.status, said), Next: fmt.Sprintf("Give %s a token that is valid and has %s.", s.host.Token.Name, s.system.rights())}
	case r.status == http.StatusNotFound:
		return &Error{Found: fmt.Sprintf("%s answered %d%s: it has no such place, or hides it from the token", s.host.Title, r.status, said), Next: fmt.Sprintf("Look at %s, and whether the token has %s.", s.places(), s.system.rights())}
	case r.status >= 300 && r.status < 400:
		return &Error{Found: fmt.Sprintf("%s answered %d and names another address, where the token is not sent", s.host.Title, r.status), Next: "Look at " + s.host.Base.Name + ": it must be the address that answers itself."}
	case r.status == http.StatusTooManyRequests, r.status >= 500:
		return &Error{Found: fmt.Sprintf("%s answered %d%s", s.host.Title, r.status, said), Next: "Start this again later.", passing: true}
	default:
		return &Error{Found: fmt.Sprintf("%s answered %d%s", s.host.Title, r.status, said), Next: "Look whether the generated files on " + s.Order.Branch + " are those of this policy: git push, and start this again."}
	}
}

// places are the variables that say where the repository is.
func (s *Session) places() string {
	out := s.host.Base.Name
	for _, name := range s.system.needs() {
		for _, v := range s.host.Known {
			if v.As == name {
				out += ", " + v.Name
			}
		}
	}
	return out
}

// words are the host's own, if it has some: never the token.
func (s *Session) words(r *reply) string {
	var said struct {
		Message any `json:"message"`
		Error   any `json:"error"`
	}
	text := r.header.Get("X-Error") // of Jenkins
	if json.Unmarshal(r.body, &said) == nil {
		text = strings.Join(append(plain(said.Message), plain(said.Error)...), "; ")
	}
	if text = ledger.Harmless(strings.Join(strings.Fields(text), " ")); text == "" {
		return ""
	}
	if s.Client.Token != "" {
		text = strings.ReplaceAll(text, s.Client.Token, "…")
	}
	const most = 300
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return " and says: " + text
}

// plain are the texts of a value, in order: GitLab has lists of them, by field.
func plain(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, plain(one)...)
		}
		return out
	case map[string]any:
		var out []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out = append(out, plain(v[key])...)
		}
		return out
	default:
		return nil
	}
}
