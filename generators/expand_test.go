package generators_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// readGroovy reads a Jenkinsfile with the methods above its pipeline put in the
// place of their calls, so that what a reader finds is what runs, and not what
// something is called. A method that is called and not there, an argument that
// is no literal, and one that is a part of something longer are errors.
func readGroovy(content string) (*groovyNode, error) {
	root := parseGroovy(content)
	x := expansion{}
	for _, n := range root.body {
		if m := methodDefinition.FindStringSubmatch(n.head); m != nil {
			if x[m[1]] != nil {
				return nil, fmt.Errorf("the method %s is there twice", m[1])
			}
			x[m[1]] = newGroovyMethod(m[2], n.body)
		}
	}
	out := &groovyNode{}
	for _, n := range root.body {
		if methodDefinition.MatchString(n.head) {
			continue
		}
		nodes, err := x.node(n, 0)
		if err != nil {
			return nil, err
		}
		out.body = append(out.body, nodes...)
	}
	return out, nil
}

type groovyMethod struct {
	parameters  []string
	whole, part *regexp.Regexp // a parameter as all of an argument, and anywhere
	body        []*groovyNode
}

func newGroovyMethod(parameters string, body []*groovyNode) *groovyMethod {
	m := &groovyMethod{body: body}
	for p := range strings.SplitSeq(parameters, ", ") {
		if _, name, typed := strings.Cut(p, "String "); typed {
			m.parameters = append(m.parameters, name)
		}
	}
	if of := strings.Join(m.parameters, "|"); of != "" {
		m.whole, m.part = regexp.MustCompile(`(: |\(|, )(`+of+`)(,|\)|$)`), regexp.MustCompile(`\b(`+of+`)\b`)
	}
	return m
}

type expansion map[string]*groovyMethod

var (
	methodDefinition = regexp.MustCompile(`^def (\w+)\((.*)\)$`)
	methodCall       = regexp.MustCompile(`(?s)^(\w+)\((.*)\)$`)
	groovyLiteral    = regexp.MustCompile(`(?s)^('''(?:\\.|[^\\])*?'''|'(?:\\.|[^'\\])*')(?:, )?`)
	groovyLiterals   = regexp.MustCompile(`(?s)'''(?:\\.|[^\\])*?'''|'(?:\\.|[^'\\])*'`)
	// ourSteps are those of Jenkins that stand with parentheses.
	ourSteps = regexp.MustCompile(`^(timeout|withEnv|withCredentials|catchError|node|stage|lock|string|choice|cron|checkout|if|for|error|script|buildDiscarder|copyArtifactPermission|disableRestartFromStage|skipDefaultCheckout|timestamps)$`)
)

// node is a statement with its calls replaced.
func (x expansion) node(n *groovyNode, depth int) ([]*groovyNode, error) {
	if depth > 5 {
		return nil, fmt.Errorf("a method calls itself")
	}
	if m := methodCall.FindStringSubmatch(n.head); m != nil && len(n.body) == 0 && !ourSteps.MatchString(m[1]) {
		if x[m[1]] == nil {
			return nil, fmt.Errorf("there is no method %s", m[1])
		}
		return x.call(m[1], m[2], depth)
	}
	for name := range x {
		if strings.Contains(n.head, name) && strings.Contains(groovyLiterals.ReplaceAllString(n.head, "''"), name) {
			return nil, fmt.Errorf("%s is more than a call of %s", n.head, name)
		}
	}
	out := &groovyNode{head: n.head}
	for _, c := range n.body {
		nodes, err := x.node(c, depth)
		if err != nil {
			return nil, err
		}
		out.body = append(out.body, nodes...)
	}
	return []*groovyNode{out}, nil
}

// call is the body of a method with its arguments.
func (x expansion) call(name, arguments string, depth int) ([]*groovyNode, error) {
	var values []string
	for rest := arguments; rest != ""; {
		m := groovyLiteral.FindString(rest)
		if m == "" {
			return nil, fmt.Errorf("%s(%s): an argument is no literal", name, arguments)
		}
		values, rest = append(values, strings.TrimSuffix(m, ", ")), rest[len(m):]
	}
	method := x[name]
	if len(values) != len(method.parameters) {
		return nil, fmt.Errorf("%s(%s): %d arguments for %d", name, arguments, len(values), len(method.parameters))
	}
	var out []*groovyNode
	for _, c := range method.body {
		filled, err := method.filledIn(c, values)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		nodes, err := x.node(filled, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, nodes...)
	}
	return out, nil
}

// filledIn puts arguments in the place of parameters, each of which is the
// whole of an argument there.
func (m *groovyMethod) filledIn(n *groovyNode, values []string) (*groovyNode, error) {
	head := n.head
	if m.whole != nil {
		head = m.whole.ReplaceAllStringFunc(head, func(s string) string {
			of := m.whole.FindStringSubmatch(s)
			return of[1] + values[slices.Index(m.parameters, of[2])] + of[3]
		})
		if p := m.part.FindString(groovyLiterals.ReplaceAllString(head, "''")); p != "" {
			return nil, fmt.Errorf("%s is a part of %s", p, n.head)
		}
	}
	out := &groovyNode{head: head}
	for _, c := range n.body {
		filled, err := m.filledIn(c, values)
		if err != nil {
			return nil, err
		}
		out.body = append(out.body, filled)
	}
	return out, nil
}
