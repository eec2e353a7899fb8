package lint

import (
	"path"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema/regex"
)

// What stands before the program of a command, and programs that run a file.
var (
	before       = []string{"then", "do", "else", "if", "while", "until", "!", "exec", "time", "nohup", "sudo", "env", "command", "call", "&", "."}
	interpreters = []string{"sh", "bash", "dash", "ksh", "zsh", "pwsh", "powershell", "python", "python3", "ruby", "perl", "node", "Rscript"}
	elsewhere    = []string{"cd", "pushd", "chdir", "Set-Location", "Push-Location"}
)

var (
	separator  = regex.New(`&&|\|\||[\n;|]`)
	assignment = regex.New(`^[A-Za-z_][A-Za-z0-9_]*=`)
	plainFile  = regex.New(`^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$`)
	comment    = regex.New(`(?m)^\s*#.*$`)
	quoted     = regex.New(`'[^']*'|"(\\.|[^"\\])*"`)
)

// StartedFiles are the files that a command starts by a relative path, from where it
// begins, as far as its text says so in every shell: ./deploy.sh, sh ci/test.sh,
// .\build.ps1. What follows a change of the folder is not among them.
func StartedFiles(text string) []string {
	var out []string
	for _, words := range programs(text) {
		if slices.Contains(elsewhere, words[0]) {
			break
		}
		if file := fileOf(words); file != "" {
			out = append(out, file)
		}
	}
	return out
}

// StartsFile tells whether a command starts a file, from wherever.
func StartsFile(text string) bool {
	return slices.ContainsFunc(programs(text), func(words []string) bool { return fileOf(words) != "" })
}

// programs are the simple commands of a text, each from its program on. What
// stands in quotes, in a here-document or in a substitution is none of them.
func programs(text string) [][]string {
	text = comment().ReplaceAllString(strings.ReplaceAll(text, "\\\n", " "), "")
	text, _, _ = strings.Cut(text, "<<")
	text = quoted().ReplaceAllStringFunc(text, func(q string) string {
		if inner := q[1 : len(q)-1]; plainFile().MatchString(strings.ReplaceAll(inner, `\`, "/")) {
			return inner
		}
		return "''"
	})
	var out [][]string
	for _, part := range separator().Split(text, -1) {
		words := strings.Fields(strings.TrimLeft(part, " \t({"))
		for len(words) > 0 && (slices.Contains(before, words[0]) || assignment().MatchString(words[0])) {
			words = words[1:]
		}
		if len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

func fileOf(words []string) string {
	file, given := strings.TrimRight(words[0], ")}"), false
	if slices.Contains(interpreters, file) {
		if file, given = argument(words[1:]), true; file == "" {
			return ""
		}
	}
	file = strings.ReplaceAll(file, `\`, "/")
	if !given && !strings.Contains(file, "/") || !plainFile().MatchString(file) || given && path.Ext(file) == "" {
		return "" // a program on the path, or no name of a file
	}
	if file = path.Clean(file); file == ".." || strings.HasPrefix(file, "../") {
		return ""
	}
	return file
}

// argument is the file that an interpreter runs: its first word that is no
// option. With -c and -m it runs none.
func argument(words []string) string {
	for _, w := range words {
		switch {
		case slices.Contains([]string{"-c", "-m", "-e", "-Command", "-"}, w):
			return ""
		case strings.EqualFold(w, "-File"):
		case !strings.HasPrefix(w, "-"):
			return w
		}
	}
	return ""
}
