package settings

import "github.com/fettle-ci/fettle/flow"

// Host is a system that is asked and set.
type Host struct {
	Target, Title string
	Base          Variable   // where its REST interface is
	Token         Variable   // the credential
	User          Variable   // whom it belongs to; without a name where nobody is asked
	Scheme        Scheme     // how the credential is sent
	Known         []Variable // what must be known of the place
	Rights        Lookup     // true when the token sees every setting: only then is what it does not find not there
	Needed        string     // the rights that the token needs, for people
	settings      func(*flow.Plan) []Setting
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

// Scheme is how a credential is sent.
type Scheme string

// The schemes.
const (
	Bearer       Scheme = "Authorization: Bearer"
	PrivateToken Scheme = "PRIVATE-TOKEN:"
	Basic        Scheme = "basic"
)

// hosts are those of all targets, by name.
var hosts = []*Host{azure, github, gitlab, jenkins}
