// Package library holds the command libraries that come with fettle, written
// in the language of policies. `use` names them builtin:NAME.
package library

import "embed"

// Files are the libraries, NAME.release.hcl each. What else a library has
// stands before its first command: commands are read one by one.
//
//go:embed *.release.hcl
var Files embed.FS
