// Package regex holds regular expressions back until somebody asks for one. A
// run needs few of those that there are, and to compile all of them at the start
// took longer than the rest of a command such as version.
package regex

import (
	"regexp"
	"sync"
)

// New is a regular expression that is compiled when it is first asked for.
func New(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
