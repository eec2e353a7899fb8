package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/generators/settings"
)

// patience is how long one answer may take.
const patience = 30 * time.Second

// findings asks a host, with what the environment says of it.
func (c *command) findings(l settings.List, repository string) ([]settings.Finding, error) {
	values, err := c.hostValues(l.Host, repository)
	if err != nil {
		return nil, err
	}
	return settings.Verify(context.Background(), l, hostClient(l.Host, values)), nil
}

// hostValues are the values of a host's variables: the repository is the one that the
// call names, or the environment, or else the one that was cloned. Which one it
// was is said.
func (c *command) hostValues(h *settings.Host, repository string) (map[string]string, error) {
	values := map[string]string{}
	for _, v := range h.Environment() {
		values[v.Name] = value(v)
	}
	if why := h.Unfit(values[h.Base.Name]); why != "" {
		return nil, usage("%s", why)
	}
	from, address := "--repository", repository
	if address == "" {
		if !h.Unplaced(values) {
			return values, nil
		}
		origin, err := git(c.dir, "remote", "get-url", "origin")
		if err != nil {
			return values, nil // what is not set is said of each setting
		}
		from, address = "the remote origin", strings.TrimSpace(origin)
	}
	found, why := h.Locate(address, values[h.Base.Name])
	switch {
	case why != "" && repository != "":
		return nil, usage("--repository: %s", why)
	case why != "":
		fmt.Fprintf(c.stderr, "the remote origin does not say the repository: %s\n", why)
		return values, nil
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if values[name] != found[name] {
			fmt.Fprintf(c.stderr, "%s is %s, by %s\n", name, found[name], from)
		}
	}
	maps.Copy(values, found)
	return values, nil
}

func hostClient(h *settings.Host, values map[string]string) *settings.Client {
	c := &settings.Client{
		Base: values[h.Base.Name], User: values[h.User.Name], Token: values[h.Token.Name], Known: map[string]string{},
		Doer: &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	for _, v := range h.Known {
		c.Known[v.As] = values[v.Name]
	}
	for _, v := range h.Environment() {
		if values[v.Name] == "" {
			c.Unknowable = v.Name + " is not set: " + v.Text
			return c
		}
	}
	if !isAddress(c.Base) {
		c.Unknowable = noAddress(h)
	}
	return c
}

// isAddress tells whether a token may be sent there.
func isAddress(base string) bool {
	u, err := url.Parse(base)
	return err == nil && u.Host != "" && u.User == nil
}

func noAddress(h *settings.Host) string {
	return h.Base.Name + " must be an address, without a name or a password in it"
}

// missing are the variables that have no value.
func missing(of []settings.Variable, values map[string]string) []settings.Variable {
	return slices.DeleteFunc(slices.Clone(of), func(v settings.Variable) bool { return values[v.Name] != "" })
}

// value is an environment variable, or what stands for it.
func value(v settings.Variable) string {
	if s := os.Getenv(v.Name); s != "" {
		return s
	}
	return v.Fallback
}
