package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Azure's expressions, as far as the generated files write them: literals,
// functions, and references. Everything else is an error.
// (learn.microsoft.com, "Expressions".)

// scope is what a reference means. ok is false for a name that is not known.
type scope func(reference string) (value string, ok bool)

type expression struct {
	text  string
	at    int
	scope scope
	state func(function string, args []string) (bool, bool) // succeeded(), failed(), …
}

// evaluate returns the value of an expression as text; truth is "True" or
// "False".
func evaluate(text string, s scope, state func(string, []string) (bool, bool)) (out string, err error) {
	e := &expression{text: text, scope: s, state: state}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("azure: %v in the expression %s", r, text)
		}
	}()
	out = e.value()
	if e.blank(); e.at != len(e.text) {
		panic("something after the end")
	}
	return out, nil
}

func (e *expression) blank() {
	for e.at < len(e.text) && e.text[e.at] == ' ' {
		e.at++
	}
}

var (
	nameOf     = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*`)
	propertyOf = regexp.MustCompile(`^(\.[A-Za-z_][A-Za-z0-9_-]*|\['[^']*'\])`)
)

func (e *expression) value() string {
	e.blank()
	rest := e.text[e.at:]
	if strings.HasPrefix(rest, "'") {
		return e.literal()
	}
	name := nameOf.FindString(rest)
	if name == "" {
		panic("no value")
	}
	e.at += len(name)
	if strings.HasPrefix(e.text[e.at:], "(") {
		return e.call(name, e.arguments())
	}
	reference := name
	for {
		property := propertyOf.FindString(e.text[e.at:])
		if property == "" {
			break
		}
		e.at += len(property)
		reference += "." + strings.Trim(property, ".[]'")
	}
	value, ok := e.scope(reference)
	if !ok {
		panic("unknown " + reference)
	}
	return value
}

func (e *expression) literal() string {
	var b strings.Builder
	for e.at++; e.at < len(e.text); e.at++ {
		if e.text[e.at] == '\'' {
			if e.at++; e.at >= len(e.text) || e.text[e.at] != '\'' {
				return b.String()
			}
		}
		b.WriteByte(e.text[e.at])
	}
	panic("a literal without an end")
}

func (e *expression) arguments() []string {
	var out []string
	e.at++
	for {
		if e.blank(); strings.HasPrefix(e.text[e.at:], ")") {
			e.at++
			return out
		}
		out = append(out, e.value())
		if e.blank(); strings.HasPrefix(e.text[e.at:], ",") {
			e.at++
		}
	}
}

func truth(b bool) string {
	if b {
		return "True"
	}
	return "False"
}

func (e *expression) call(name string, args []string) string {
	switch name {
	case "eq":
		return truth(strings.EqualFold(args[0], args[1]))
	case "in":
		return truth(slices.ContainsFunc(args[1:], func(a string) bool { return strings.EqualFold(args[0], a) }))
	case "ne":
		return truth(!strings.EqualFold(args[0], args[1]))
	case "not":
		return truth(args[0] != "True")
	case "and", "or":
		out := name == "and"
		for _, a := range args {
			if name == "and" {
				out = out && a == "True"
			} else {
				out = out || a == "True"
			}
		}
		return truth(out)
	case "trim":
		return strings.TrimSpace(args[0])
	case "replace":
		return strings.ReplaceAll(args[0], args[1], args[2])
	}
	if e.state != nil {
		if b, ok := e.state(name, args); ok {
			return truth(b)
		}
	}
	panic("unknown function " + name)
}

// template replaces every ${{ … }} of a text: when the pipeline is compiled,
// once, and the result is not looked at again.
func template(text string, s scope) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${{")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		end := closing(rest)
		if end < 0 {
			return "", fmt.Errorf("azure: ${{ is never closed in %q", text)
		}
		value, err := evaluate(strings.TrimSpace(rest[:end]), s, nil)
		if err != nil {
			return "", err
		}
		b.WriteString(value)
		text = rest[end+2:]
	}
}

// closing finds the }} of an expression, outside its literals.
func closing(s string) int {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\'':
			quoted = !quoted
		case !quoted && strings.HasPrefix(s[i:], "}}"):
			return i
		}
	}
	return -1
}

var macro = regexp.MustCompile(`(?s)\$\(([^)]*)\)`)

// macros replaces $(NAME) by the variables of the job, in any case, and then by
// those of the environment; names that are neither stay.
// (azure-pipelines-agent, VarUtil.cs: ExpandValues, ExpandEnvironmentVariables.)
func macros(text string, variables map[string]string, environment []string) string {
	pass := func(text string, lookup func(string) (string, bool)) string {
		return macro.ReplaceAllStringFunc(text, func(m string) string {
			if v, ok := lookup(m[2 : len(m)-1]); ok {
				return v
			}
			return m
		})
	}
	text = pass(text, func(name string) (string, bool) {
		for k, v := range variables {
			if strings.EqualFold(k, name) {
				return v, true
			}
		}
		return "", false
	})
	return pass(text, func(name string) (string, bool) {
		for _, e := range environment {
			if k, v, _ := strings.Cut(e, "="); k == name {
				return v, true
			}
		}
		return "", false
	})
}
