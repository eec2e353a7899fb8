// Package templates holds the text of everything that fettle generates, one
// folder a target. It imports nothing: a template ranges and prints, and what
// it prints was decided before.
package templates

import "embed"

// FS holds the templates, by the path of their file in this folder.
//
//go:embed */*.tmpl
var FS embed.FS
