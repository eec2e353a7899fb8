package main

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/schema"
)

// origins says of the attributes at a path, or of all, what they are and where
// that is said.
func (c *command) origins(args []string) error {
	effective, err := c.effective()
	if err != nil {
		return err
	}
	all := effective.Origins()
	shown, known := all, []string{}
	if len(args) == 1 {
		shown = nil
		for _, o := range all {
			known = append(known, o.Path, o.Path[:strings.LastIndex(o.Path, ".")])
			if o.Path == args[0] || strings.HasPrefix(o.Path, args[0]+".") {
				shown = append(shown, o)
			}
		}
	}
	if len(shown) == 0 {
		return oneOf("the path", args[0], known...)
	}
	for _, o := range shown {
		c.origin(o)
	}
	return nil
}

func (c *command) origin(o schema.Origin) {
	fmt.Fprintf(c.stdout, "%s = %s\n", o.Path, o.Value)
	if o.Said {
		fmt.Fprintf(c.stdout, "  from %s:%d\n", o.Range.Filename, o.Range.Start.Line)
	} else {
		fmt.Fprint(c.stdout, "  default\n")
	}
	for _, r := range o.Replaced {
		fmt.Fprintf(c.stdout, "  in place of %s at %s:%d\n", r.Value, r.Range.Filename, r.Range.Start.Line)
	}
	for _, l := range o.Locks {
		fmt.Fprintf(c.stdout, "  locked at %s:%d\n", l.Filename, l.Start.Line)
	}
}
