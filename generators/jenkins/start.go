package jenkins

import (
	"net/url"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// start is a build with parameters, by Jenkins' address or on its pages. A project
// that follows branches has one for each. Parameters are called as jobs receive
// them.
func start(p *flow.Plan, f *flow.Flow, branch string, fields []gen.Field) gen.Start {
	steps := []string{p.Policy, f.Name}
	for _, t := range f.Triggers {
		switch t.(type) {
		case flow.Push, flow.Request:
			steps = append(steps[:2], url.PathEscape(branch))
		}
	}
	address, action := "", "build"
	for _, s := range steps {
		address += "/job/" + url.PathEscape(s)
	}
	if len(inputs(f)) > 0 { // the other address takes no build of a project that has a form
		action = "buildWithParameters"
	}
	command := []string{"curl", "--fail", "--request", "POST", "--user", `"$JENKINS_USER_ID:$JENKINS_API_TOKEN"`, `"$JENKINS_URL"` + gen.Shell(address+"/"+action)}
	form := url.Values{}
	for _, in := range fields {
		form.Set(in.Env, in.Value)
		command = append(command, "--data-urlencode", gen.Shell(in.Env+"="+in.Value))
	}
	request := gen.Request{Path: address + "/" + action, Type: "application/x-www-form-urlencoded", Body: form.Encode()}
	return gen.Start{Request: request, Command: strings.Join(command, " "), Button: strings.Join(steps, ", ") + ", Build with Parameters"}
}
