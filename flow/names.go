package flow

import "strings"

// jobID turns a job's name into an id that every CI system takes.
func jobID(name string) string { return strings.ReplaceAll(name, "/", "-") }
