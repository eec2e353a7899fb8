package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// instead are the commands that people know from other tools, and what fettle
// calls them.
var instead = []struct {
	words []string
	is    string
}{
	{[]string{"validate", "verify", "test", "vet"}, "lint"},
	{[]string{"plan", "diff", "drift", "status"}, "check"},
	{[]string{"apply", "build", "compile", "render", "gen", "synth"}, "generate"},
	{[]string{"format"}, "fmt"},
	{[]string{"show", "describe", "docs"}, "explain"},
	{[]string{"setup", "configure"}, "settings"},
}

// advice is what somebody meant by a command that there is not, as the end of the
// message: "" where nothing is known.
func advice(err error, args []string) string {
	if !strings.HasPrefix(err.Error(), "unknown command") {
		return ""
	}
	for _, a := range args {
		if filepath.Ext(a) == ".hcl" {
			return fmt.Sprintf("\nfettle reads the policy of the current directory; for another one: -C %s", filepath.ToSlash(filepath.Dir(a)))
		}
	}
	for _, i := range instead {
		if slices.Contains(i.words, args[0]) {
			return fmt.Sprintf("\nHere it is fettle %s.", i.is)
		}
	}
	return ""
}
