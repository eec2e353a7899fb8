package flow

import (
	"strings"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/schema"
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
		out = append(out, piece{value: schema.ReleaseVersion, env: "RELEASE_VERSION"})
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
		got, diags := shellText(tt.shell, text(tt.in), schema.Text{})
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

func TestDuration(t *testing.T) {
	tests := map[string]time.Duration{"4h": 240 * time.Minute, "90m": 90 * time.Minute, "3d": 72 * time.Hour, "24h": 24 * time.Hour}
	for want, d := range tests {
		if got := Duration(d); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
}
