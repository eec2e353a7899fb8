package github

import "strings"

// maxExpression is the length of a text that GitHub still evaluates: a text
// with one expression in it becomes a single format() of that length at most.
const maxExpression = 21000

// Expression writes a text so that GitHub hands it on as it is: "${{" begins
// an expression wherever it stands, and nothing else is special.
// (GitHub Docs, "Evaluate expressions in workflows"; the text comes back from
// the string literal of the expression.)
func Expression(s string) string { return strings.ReplaceAll(s, "${{", "${{ '${{' }}") }
