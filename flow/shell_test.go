package flow

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
)

// text makes pieces of a text in which ‹› stands for the version.
func text(s string) []piece {
	var out []piece
	rest := s
	for {
		before, after, found := strings.Cut(rest, "‹›")
		out = append(out, piece{lit: before})
		if !found {
			return out
		}
		out = append(out, piece{value: language.ReleaseVersion, env: "RELEASE_VERSION"})
		rest = after
	}
}

// A value is a variable of the shell, in the quotes that its place needs; the
// wanted text is what a reviewer reads in the generated file.
func TestShellText(t *testing.T) {
	tests := []struct{ shell, in, want, code string }{
		{"sh", `./deploy.sh ‹›`, `./deploy.sh "$RELEASE_VERSION"`, ""},
		{"sh", `./deploy.sh v‹›.tar`, `./deploy.sh v"$RELEASE_VERSION".tar`, ""},
		{"sh", `echo "is ‹›_x"`, `echo "is ${RELEASE_VERSION}_x"`, ""},
		{"sh", `echo "is ‹›"`, `echo "is $RELEASE_VERSION"`, ""},
		{"sh", `v=‹›; echo "$v"`, `v=$RELEASE_VERSION; echo "$v"`, ""},
		{"sh", `echo "$(cat ‹›)"`, `echo "$(cat "$RELEASE_VERSION")"`, ""},
		{"sh", "cat <<EOF\n‹›\nEOF\n", "cat <<EOF\n$RELEASE_VERSION\nEOF\n", ""},
		{"sh", "cat <<'EOF'\n‹›\nEOF\n", "", "run-value-in-single-quotes"},
		{"sh", `echo '‹›'`, "", "run-value-in-single-quotes"},
		{"sh", `echo it # ‹›`, "", "run-value-in-single-quotes"},
		{"sh", `echo "unclosed ‹›`, "", "invalid-shell"},
		{"sh", `a=(1 2)`, "", "invalid-shell"},
		{"bash", `a=(1 ‹›)`, `a=(1 "$RELEASE_VERSION")`, ""},
		{"cmd", `deploy.cmd ‹›`, `deploy.cmd %RELEASE_VERSION%`, ""},
		{"cmd", "a.cmd\nb.cmd", "", "several-lines-in-cmd"},
		{"pwsh", `./deploy.ps1 ‹› x`, `./deploy.ps1 ${env:RELEASE_VERSION} x`, ""},
		{"pwsh", `echo "is ‹›"`, `echo "is ${env:RELEASE_VERSION}"`, ""},
		{"pwsh", `echo 'is ‹›'`, "", "run-value-in-single-quotes"},
		{"pwsh", `echo 'it''s' ‹›`, `echo 'it''s' ${env:RELEASE_VERSION}`, ""},
		{"pwsh", "echo \"`\"\" ‹›", "echo \"`\"\" ${env:RELEASE_VERSION}", ""},
		{"pwsh", "echo @'\n'' ‹›\n'@", "", "run-value-in-single-quotes"},
		{"pwsh", `x -project=‹›`, "", "run-value-in-bare-option"},
		{"pwsh", `x "-project=‹›"`, `x "-project=${env:RELEASE_VERSION}"`, ""},
		{"pwsh", "a\nb", strictPwsh + "a\nb", ""},
		{"powershell", "a\nb", "", "several-lines-in-powershell"},
	}
	for _, tt := range tests {
		got, diags := shellText(tt.shell, text(tt.in), eval.Text{})
		switch {
		case tt.code == "" && len(diags) > 0:
			t.Errorf("%s %q: %s", tt.shell, tt.in, diags[0].Detail)
		case tt.code == "" && got != tt.want:
			t.Errorf("%s %q: got %q, want %q", tt.shell, tt.in, got, tt.want)
		case tt.code != "" && (len(diags) != 1 || string(diags[0].Code) != tt.code):
			t.Errorf("%s %q: got %v, want one %s", tt.shell, tt.in, diags, tt.code)
		}
	}
}

// words makes pieces of a text in which ‹…› is a word, and {} in it the version.
func words(s string) []piece {
	var out []piece
	for {
		before, rest, found := strings.Cut(s, "‹")
		out = append(out, piece{lit: before})
		if !found {
			return out
		}
		inside, after, _ := strings.Cut(rest, "›")
		w := piece{value: "parameter.x", word: []piece{}}
		for i, lit := range strings.Split(inside, "{}") {
			if i > 0 {
				w.word = append(w.word, piece{value: language.ReleaseVersion, env: "RELEASE_VERSION"})
			}
			if lit != "" {
				w.word = append(w.word, piece{lit: lit})
			}
		}
		out, s = append(out, w), after
	}
}

// A word is one argument, whatever is in it, in the quotes that its place needs.
func TestWords(t *testing.T) {
	tests := []struct{ shell, in, want, code string }{
		{"sh", `x ‹plain/1.2›`, `x plain/1.2`, ""},
		{"sh", `x ‹a b›`, `x 'a b'`, ""},
		{"sh", `x ‹it's›`, `x 'it'\''s'`, ""},
		{"sh", `x ‹›`, `x ''`, ""},
		{"sh", `x ‹{}›`, `x "$RELEASE_VERSION"`, ""},
		{"sh", `x ‹$a "{}_b›`, `x "\$a \"${RELEASE_VERSION}_b"`, ""},
		{"sh", `x "in ‹$a›, ‹{}›x"`, `x "in \$a, ${RELEASE_VERSION}x"`, ""},
		{"sh", `x --y=‹a b›/z`, `x --y='a b'/z`, ""},
		{"sh", `x '‹a›'`, "", "run-value-in-single-quotes"},
		{"pwsh", `x ‹plain/1.2›`, `x plain/1.2`, ""},
		{"pwsh", `x ‹a,b›`, `x 'a,b'`, ""},
		{"pwsh", `x ‹it's ’›`, `x 'it''s ’’'`, ""},
		{"pwsh", `x ‹{}›`, `x ${env:RELEASE_VERSION}`, ""},
		{"pwsh", "x ‹$a`\"{}›", "x \"`$a```\"${env:RELEASE_VERSION}\"", ""},
		{"pwsh", `x "in ‹$a›"`, "x \"in `$a\"", ""},
		{"pwsh", `x ‹a b›/z`, "x a` b/z", ""},
		{"pwsh", `x --y=‹a›`, `x --y=a`, ""},
		{"pwsh", `x --y=‹a b›`, "", "run-value-in-bare-option"},
		{"pwsh", `x '‹a›'`, "", "run-value-in-single-quotes"},
		{"cmd", `x ‹plain›`, `x plain`, ""},
		{"cmd", `x ‹a & b›`, `x "a & b"`, ""},
		{"cmd", `x ‹v{}›`, `x "v%RELEASE_VERSION%"`, ""},
		{"cmd", `x ‹100%›`, "", "word-unsafe-in-cmd"},
	}
	for _, tt := range tests {
		got, diags := shellText(tt.shell, words(tt.in), eval.Text{})
		switch {
		case tt.code == "" && len(diags) > 0:
			t.Errorf("%s %q: %s", tt.shell, tt.in, diags[0].Detail)
		case tt.code == "" && got != tt.want:
			t.Errorf("%s %q: got %q, want %q", tt.shell, tt.in, got, tt.want)
		case tt.code != "" && (len(diags) != 1 || string(diags[0].Code) != tt.code):
			t.Errorf("%s %q: got %v, want one %s", tt.shell, tt.in, diags, tt.code)
		}
	}
}

// Whatever a word holds, a shell hands it to the program as it is: bare, in
// double quotes, and with a variable in the middle of it.
func TestWordsArrive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringMatching(`[ -~äß€\n]{0,12}`).Draw(t, "before")
		after := rapid.StringMatching(`[ -~äß€]{0,12}`).Draw(t, "after")
		version := rapid.StringMatching(`[ -~äß€]{0,6}`).Draw(t, "version")
		alone := []piece{{value: "parameter.x", word: []piece{{lit: before + after}}}}
		mixed := []piece{{value: "parameter.x", word: []piece{{lit: before}, {value: language.ReleaseVersion, env: "RELEASE_VERSION"}, {lit: after}}}}
		line := slices.Concat([]piece{{lit: "printf '<%s>' "}}, alone, []piece{{lit: " "}}, mixed, []piece{{lit: ` "q`}}, mixed, []piece{{lit: `"`}})
		text, diags := shellText("sh", line, eval.Text{})
		if len(diags) > 0 {
			t.Fatalf("%s", diags[0].Detail)
		}
		c := exec.Command("sh", "-c", text)
		c.Env = []string{"RELEASE_VERSION=" + version}
		got, err := c.Output()
		want := "<" + before + after + "><" + before + version + after + "><q" + before + version + after + ">"
		if err != nil || string(got) != want {
			t.Fatalf("%s\ngives %q (%v), want %q", text, got, err, want)
		}
	})
}

func TestDuration(t *testing.T) {
	tests := map[string]time.Duration{"4h": 240 * time.Minute, "90m": 90 * time.Minute, "3d": 72 * time.Hour, "24h": 24 * time.Hour}
	for want, d := range tests {
		if got := Duration(d); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
}
