package language

// target is a CI system by its name in policies, and what people call it in a sentence.
type target struct{ name, title string }

var targets = []target{{"github", "GitHub"}, {"gitlab", "GitLab"}, {"azure", "Azure"}, {"jenkins", "Jenkins"}}

// Targets are the names of all of them, in the order of the reference.
var Targets = targetNames()

func targetNames() []string {
	var out []string
	for _, t := range targets {
		out = append(out, t.name)
	}
	return out
}
