package main

import (
	"fmt"
	"io"
)

// fewPolicies are done before anybody asks how far they are.
const fewPolicies = 100

// progress tells a person at a terminal how many of many policies are done.
func (c *command) progress(all int) func(done int) {
	if _, terminal := c.terminal(); !terminal || all < fewPolicies {
		return nil
	}
	return progressOn(c.stderr, all)
}

// progressOn writes it on one line, over the one before, and takes the line away
// at the end.
func progressOn(w io.Writer, all int) func(done int) {
	return func(done int) {
		text := fmt.Sprintf("%d of %d policies", done, all)
		switch {
		case done == all:
			fmt.Fprintf(w, "\r%*s\r", len(text), "")
		case done%(all/fewPolicies) == 0:
			fmt.Fprintf(w, "\r%s", text)
		}
	}
}
