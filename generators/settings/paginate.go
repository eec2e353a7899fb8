package settings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/fettle-ci/fettle/schema/regex"
)

const (
	maxBytes = 16 << 20 // bytes: more than any host answers
	maxPages = 100
)

func (q *inquiry) get(path string) answer {
	if a, ok := q.answers[path]; ok {
		return a
	}
	a := q.allPages(path)
	q.answers[path] = a
	return a
}

// allPages reads a list to its end: what one page leaves out would seem to be missing.
func (q *inquiry) allPages(path string) answer {
	a := q.fetchPage(path)
	for page := 2; a.why == "" && a.next != ""; page++ {
		next, found := strings.CutPrefix(a.next, q.base())
		switch {
		case !found || !strings.HasPrefix(next, "/"):
			return answer{why: "the host answered with a list that goes on elsewhere"}
		case page > maxPages:
			return answer{why: "the host answered with a list without an end"}
		}
		more := q.fetchPage(next)
		if more.why != "" || more.status != http.StatusOK {
			return answer{why: fmt.Sprintf("the host answered %d on page %d of a list", more.status, page)}
		}
		value, ok := joinPages(a.value, more.value)
		if !ok {
			return answer{why: fmt.Sprintf("the host answered with a page %d that cannot be read", page)}
		}
		a = answer{value: value, status: http.StatusOK, next: more.next}
	}
	return a
}

// joinPages makes one of two pages of a list: a list, or an object that holds one.
func joinPages(a, b any) (any, bool) {
	switch a := a.(type) {
	case []any:
		b, ok := b.([]any)
		return append(a, b...), ok
	case map[string]any:
		b, ok := b.(map[string]any)
		out := maps.Clone(a)
		for k, v := range a {
			if list, is := v.([]any); is {
				more, is := b[k].([]any)
				out[k], ok = append(list, more...), ok && is
			}
		}
		return out, ok
	default:
		return nil, false
	}
}

func (q *inquiry) base() string { return strings.TrimSuffix(q.client.Base, "/") }

// fetchPage asks the host. An error of the transport names the address at most in
// its own words, which may hold what the address holds: it is not passed on.
func (q *inquiry) fetchPage(path string) answer {
	r, err := http.NewRequestWithContext(q.ctx, http.MethodGet, q.base()+path, nil)
	if err != nil {
		return answer{why: "the address of the host cannot be used"}
	}
	r.Header.Set("Accept", "application/json")
	q.host.Authorise(r, q.client.User, q.client.Token)
	response, err := q.client.Doer.Do(r)
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			return answer{why: "the host did not answer in time"}
		}
		return answer{why: "the host did not answer"}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBytes))
	if err != nil {
		return answer{why: "the answer of the host broke off"}
	}
	a := q.read(response.StatusCode, body)
	a.next = nextPage(response.Header, q.base()+path)
	return a
}

var nextLink = regex.New(`<([^<>]*)>; *rel="next"`)

// nextPage is the address of the next page; "" after the last one. Azure DevOps
// has a token instead of an address.
func nextPage(h http.Header, address string) string {
	if m := nextLink().FindStringSubmatch(strings.Join(h.Values("Link"), ", ")); m != nil {
		return m[1]
	}
	token := h.Get("x-ms-continuationtoken")
	if token == "" {
		return ""
	}
	address, _, _ = strings.Cut(address, "&continuationToken=")
	return address + "&continuationToken=" + url.QueryEscape(token)
}

func (q *inquiry) read(status int, body []byte) answer {
	switch status {
	case http.StatusOK:
		a := answer{status: status}
		if err := json.Unmarshal(body, &a.value); err != nil {
			return answer{why: "the answer of the host is not JSON"}
		}
		return a
	case http.StatusNotFound:
		return answer{status: status}
	case http.StatusUnauthorized, http.StatusForbidden:
		return answer{status: status, why: fmt.Sprintf("the host answered %d: the token needs %s", status, q.host.Needed)}
	default:
		return answer{status: status, why: fmt.Sprintf("the host answered %d", status)}
	}
}
