// Command bare is what a compiler of release policies costs at least in Go: it
// reads the HCL of a policy, and prints seven files of it with text/template and
// yaml. It checks nothing. Each argument is a policy's file; the files of all of
// them are written to standard output, or below the folder that -o names.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"go.yaml.in/yaml/v3"
)

type policy struct {
	Name   string
	Blocks []block
	Flows  map[string]flow
}

type block struct {
	Type, Label string
	Attributes  map[string]string
}

type flow struct {
	Name         string
	Checks, Jobs []job
}

type job struct{ Name, Run string }

func main() {
	out := flag.String("o", "", "write the files below this folder")
	flag.Parse()
	stdout := bufio.NewWriter(os.Stdout)
	defer stdout.Flush()
	texts := template.Must(template.New("").Funcs(template.FuncMap{"quote": quote}).Parse(sources))
	for _, name := range flag.Args() {
		p := read(name)
		for _, f := range files {
			var b bytes.Buffer
			f.print(&b, texts, f, p)
			if *out == "" {
				fmt.Fprintf(stdout, "== %s\n%s", f.path, b.Bytes())
				continue
			}
			to := filepath.Join(*out, p.Name, f.path)
			must(os.MkdirAll(filepath.Dir(to), 0o755))
			must(os.WriteFile(to, b.Bytes(), 0o644))
		}
	}
}

// read is what the program takes from a policy: its blocks with the values of
// their attributes, or the text of an expression that needs others.
func read(name string) policy {
	src, err := os.ReadFile(name)
	must(err)
	file, diags := hclsyntax.ParseConfig(src, name, hcl.InitialPos)
	if diags.HasErrors() {
		panic(diags)
	}
	p := policy{Flows: map[string]flow{}}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		one := block{Type: b.Type, Label: strings.Join(b.Labels, " "), Attributes: map[string]string{}}
		for _, a := range b.Body.Attributes {
			one.Attributes[a.Name] = value(src, a.Expr)
		}
		p.Blocks = append(p.Blocks, one)
	}
	for _, b := range p.Blocks {
		switch b.Type {
		case "policy":
			p.Name = b.Label
		case "delivery", "hotfix", "redeploy":
			p.Flows[b.Type] = flow{Name: b.Type, Checks: p.jobs("check", "run"), Jobs: p.jobs("environment", "deploy")}
		}
	}
	return p
}

func (p policy) jobs(kind, command string) []job {
	var out []job
	for _, b := range p.Blocks {
		if b.Type == kind {
			out = append(out, job{b.Label, b.Attributes[command]})
		}
	}
	return out
}

func value(src []byte, x hclsyntax.Expression) string {
	if v, diags := x.Value(nil); !diags.HasErrors() && v.Type() == cty.String {
		return v.AsString()
	}
	return string(x.Range().SliceBytes(src))
}

// files are the seven: five of YAML, a Jenkinsfile and a script.
var files = []file{
	{".github/workflows/delivery.yml", "delivery", github},
	{".github/workflows/hotfix.yml", "hotfix", github},
	{".github/workflows/redeploy.yml", "redeploy", github},
	{".gitlab-ci.yml", "delivery", gitlab},
	{".azure/delivery.yml", "delivery", azure},
	{"Jenkinsfile", "jenkins", text},
	{".fettle/release.sh", "script", text},
}

type file struct {
	path, what string
	print      func(w io.Writer, t *template.Template, f file, p policy)
}

func text(w io.Writer, t *template.Template, f file, p policy) {
	must(t.ExecuteTemplate(w, f.what, p))
}

type m = map[string]any

func github(w io.Writer, t *template.Template, f file, p policy) {
	jobs, before := m{}, []string{}
	for _, j := range p.Flows[f.what].Checks {
		jobs["check-"+j.Name] = m{"runs-on": "ubuntu-latest", "steps": []any{m{"uses": "actions/checkout@v4", "with": m{"fetch-depth": 0}}, m{"run": j.Run}}}
		before = append(before, "check-"+j.Name)
	}
	for _, j := range p.Flows[f.what].Jobs {
		jobs["deploy-"+j.Name] = m{"runs-on": "ubuntu-latest", "needs": before, "environment": j.Name, "concurrency": m{"group": j.Name},
			"steps": []any{m{"uses": "actions/checkout@v4"}, m{"run": ".fettle/release.sh begin " + j.Name}, m{"run": j.Run}, m{"run": ".fettle/release.sh deployed " + j.Name}}}
		before = []string{"deploy-" + j.Name}
	}
	write(w, t, p, m{"name": f.what, "on": m{"push": m{"branches": []string{"main"}}}, "permissions": m{"contents": "write"}, "jobs": jobs})
}

func gitlab(w io.Writer, t *template.Template, f file, p policy) {
	doc := m{"stages": []string{"check", "deploy"}}
	for _, j := range p.Flows[f.what].Checks {
		doc["check-"+j.Name] = m{"stage": "check", "script": []string{j.Run}}
	}
	for _, j := range p.Flows[f.what].Jobs {
		doc["deploy-"+j.Name] = m{"stage": "deploy", "environment": m{"name": j.Name}, "resource_group": j.Name,
			"script": []string{".fettle/release.sh begin " + j.Name, j.Run, ".fettle/release.sh deployed " + j.Name}}
	}
	write(w, t, p, doc)
}

func azure(w io.Writer, t *template.Template, f file, p policy) {
	var stages []any
	for _, j := range p.Flows[f.what].Checks {
		stages = append(stages, m{"stage": j.Name, "jobs": []any{m{"job": "check", "steps": []any{m{"checkout": "self"}, m{"script": j.Run}}}}})
	}
	for _, j := range p.Flows[f.what].Jobs {
		stages = append(stages, m{"stage": j.Name, "lockBehavior": "sequential", "jobs": []any{m{"deployment": j.Name, "environment": j.Name,
			"strategy": m{"runOnce": m{"deploy": m{"steps": []any{m{"script": ".fettle/release.sh begin " + j.Name}, m{"script": j.Run}}}}}}}})
	}
	write(w, t, p, m{"trigger": m{"branches": m{"include": []string{"main"}}}, "stages": stages})
}

func write(w io.Writer, t *template.Template, p policy, doc any) {
	must(t.ExecuteTemplate(w, "header", p))
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	must(enc.Encode(doc))
	must(enc.Close())
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

const sources = `
{{- define "header" }}# Generated from the policy "{{ .Name }}".
{{ end }}
{{- define "jenkins" }}// Generated from the policy "{{ .Name }}".
pipeline {
  agent none
  stages {
{{- range .Flows.delivery.Checks }}
    stage({{ quote .Name }}) {
      agent any
      steps { sh {{ quote .Run }} }
    }
{{- end }}
{{- range .Flows.delivery.Jobs }}
    stage({{ quote .Name }}) {
      agent any
      options { lock({{ quote .Name }}) }
      steps {
        sh '.fettle/release.sh begin {{ .Name }}'
        sh {{ quote .Run }}
        sh '.fettle/release.sh deployed {{ .Name }}'
      }
    }
{{- end }}
  }
}
{{ end }}
{{- define "script" }}#!/bin/sh
# Generated from the policy "{{ .Name }}".
set -eu
case $1 in
{{- range .Flows.delivery.Jobs }}
begin-{{ .Name }}) git tag "begin/{{ .Name }}/$2" && git push origin "begin/{{ .Name }}/$2" ;;
{{- end }}
*) echo "unknown: $1" >&2; exit 2 ;;
esac
{{ range .Blocks }}# {{ .Type }} {{ .Label }}{{ range $name, $value := .Attributes }} {{ $name }}{{ end }}
{{ end }}
{{- end }}`

func must(err error) {
	if err != nil {
		panic(err)
	}
}
