package starter

import (
	"path"
	"slices"
	"strings"
)

// A tool builds and tests. %s in a command is its program: the wrapper of the
// repository, where it has one.
type tool struct {
	name     string
	marks    []string // of top folder; * as in path.Match
	program  string
	wrapper  string // used instead of the program, where it is there
	check    []string
	report   string
	build    []string
	artifact string
}

// tools are tried in this order.
var tools = []tool{
	{"Maven", []string{"pom.xml"}, "mvn", "mvnw", []string{"%s -B verify"}, "target/surefire-reports/*.xml", []string{"%s -B package -DskipTests"}, "target/"},
	{"Gradle", []string{"build.gradle", "build.gradle.kts"}, "gradle", "gradlew", []string{"%s test"}, "build/test-results/**/*.xml", []string{"%s assemble"}, "build/libs/"},
	{".NET", []string{"*.sln", "*.slnx", "*.csproj"}, "dotnet", "", []string{"%s test"}, "", []string{"%s publish -c Release -o dist"}, "dist/"},
	{"Go", []string{"go.mod"}, "go", "", []string{"%s test ./..."}, "", []string{"%s build -o dist/ ./..."}, "dist/"},
	{"Cargo", []string{"Cargo.toml"}, "cargo", "", []string{"%s test"}, "", []string{"%s build --release"}, "target/release/"},
	{"Node.js", []string{"package.json"}, "npm", "", []string{"%s ci", "%s test"}, "", nil, ""},
	{"Python", []string{"pyproject.toml", "setup.py", "requirements.txt"}, "python", "", []string{"%s -m pytest --junitxml=build/pytest.xml"}, "build/pytest.xml", nil, ""},
}

// tool finds how the repository is built and tested.
func (f *Facts) tool(r Repository) {
	goals := makeGoals(r)
	for _, t := range tools {
		if !slices.ContainsFunc(r.Files, func(name string) bool { return t.marked(name) }) {
			continue
		}
		program := t.program
		if t.wrapper != "" && slices.Contains(r.Files, t.wrapper) {
			program = "./" + t.wrapper
		}
		f.Check, f.Report = t.with(program, t.check), t.report
		f.Build, f.Artifact = t.with(program, t.build), t.artifact
		if t.name == "Node.js" && strings.Contains(r.Read("package.json"), `"build"`) {
			f.Build, f.Artifact = []string{"npm ci", "npm run build"}, "dist/"
		}
		f.note("build tool", t.name)
		return
	}
	if slices.Contains(goals, "test") {
		f.Check = []string{"make test"}
		f.note("build tool", "Makefile")
	}
}

func (t tool) marked(name string) bool {
	return slices.ContainsFunc(t.marks, func(mark string) bool {
		ok, _ := path.Match(mark, name)
		return ok
	})
}

func (t tool) with(program string, commands []string) []string {
	var out []string
	for _, c := range commands {
		out = append(out, strings.ReplaceAll(c, "%s", program))
	}
	return out
}
