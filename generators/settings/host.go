package settings

import (
	"net/http"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// Host is a system that is asked and set.
type Host struct {
	Name, Title string     // Name: of --host; a CI system has that of its target
	Forge       bool       // it holds repositories only: their pipelines run elsewhere
	Base        Variable   // where its REST interface is
	Token       Variable   // the credential
	User        Variable   // whom it belongs to; without a name where nobody is asked
	Scheme      Scheme     // how the credential is sent
	Without     Edition    // of the host, which the pipelines cannot run on
	Known       []Variable // what must be known of the place
	Rights      Lookup     // true when the token sees every setting: only then is what it does not find not there
	Needed      string     // the rights that the token needs, for people
	settings    func(*flow.Plan) []Setting
}

// Variable is an environment variable, under the name that the tools of the host
// have for it.
type Variable struct {
	Name     string // of the environment
	As       string // in $known
	Fallback string // where it is not set; "" when it must be
	Text     string // for people
	Encode   bool   // in paths it is one part
}

// Edition is one of a host, told by how the address of its REST interface ends.
type Edition struct{ Suffix, Why string }

// Unfit says why the pipelines cannot run on the host at an address of its REST
// interface, or "".
func (h *Host) Unfit(base string) string {
	if h.Without.Suffix == "" || !strings.HasSuffix(strings.TrimSuffix(base, "/"), h.Without.Suffix) {
		return ""
	}
	return h.Base.Name + " is the address of " + h.Without.Why
}

// Scheme is how a credential is sent.
type Scheme string

// The schemes.
const (
	Bearer       Scheme = "Authorization: Bearer"
	PrivateToken Scheme = "PRIVATE-TOKEN:"
	Basic        Scheme = "basic"
)

// hosts are the CI systems, by name, and then the forges of repositories whose
// pipelines run elsewhere. What is both for a policy has one list.
var hosts = []*Host{azure, github, gitlab, jenkins, gitea, githubRepository, gitlabRepository}

// Authorise puts the credential of a person on a request.
func (h *Host) Authorise(r *http.Request, user, token string) {
	switch h.Scheme {
	case Bearer:
		r.Header.Set("Authorization", "Bearer "+token)
	case PrivateToken:
		r.Header.Set("PRIVATE-TOKEN", token)
	case Basic:
		r.SetBasicAuth(user, token)
	default:
		panic("settings: unexpected scheme " + string(h.Scheme))
	}
}

// Of is the host of a target.
func Of(target string) *Host {
	i := slices.IndexFunc(hosts, func(h *Host) bool { return h.Name == target && !h.Forge })
	if i < 0 {
		panic("settings: no host is called " + target) // the policy was compiled for it
	}
	return hosts[i]
}

// Names are the hosts that there may be a list of.
func Names() []string {
	var out []string
	for _, h := range hosts {
		out = append(out, h.Name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// asked says whether a plan asks something of the host, for some of its targets:
// of a forge, where a target has its repository there and the forge runs nothing.
// What is a target itself has a list of its own.
func (h *Host) asked(p *flow.Plan, targets []string) bool {
	runs := func(target string) bool {
		return slices.Contains(p.Targets, target) && (targets == nil || slices.Contains(targets, target))
	}
	if !h.Forge {
		return runs(h.Name)
	}
	return p.Forge == h.Name && !slices.Contains(p.Targets, h.Name) && (runs("jenkins") || runs("azure"))
}
