package flow

import "strings"

// Prefix keeps the names of a component apart from those of the others.
func (p *Plan) Prefix() string {
	if p.Component == "" {
		return ""
	}
	return p.Component + "-"
}

// jobID turns a job's name into an id that every CI system takes.
func jobID(name string) string { return strings.ReplaceAll(name, "/", "-") }
