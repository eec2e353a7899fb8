package main

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/fettle-ci/fettle/generators/settings"
)

// patience is how long one answer may take.
const patience = 30 * time.Second

// verified asks a host, with what the environment says of it.
func verified(l settings.List) []settings.Finding {
	return settings.Verify(context.Background(), l, hostClient(l.Host))
}

func hostClient(h *settings.Host) *settings.Client {
	c := &settings.Client{
		Base: value(h.Base), Token: value(h.Token), Known: map[string]string{},
		Doer: &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	if h.User.Name != "" {
		c.User = value(h.User)
	}
	for _, v := range h.Known {
		c.Known[v.As] = value(v)
	}
	for _, v := range h.Environment() {
		if value(v) == "" {
			c.Unknowable = v.Name + " is not set: " + v.Text
			return c
		}
	}
	if u, err := url.Parse(c.Base); err != nil || u.Host == "" || u.User != nil {
		c.Unknowable = h.Base.Name + " must be an address, without a name or a password in it"
	}
	return c
}

// value is an environment variable, or what stands for it.
func value(v settings.Variable) string {
	if s := os.Getenv(v.Name); s != "" {
		return s
	}
	return v.Fallback
}
