#!/bin/sh
# Tool: github.com/rogpeppe/go-internal v1.16.0 (testscript)
# Behaviour: "! exec PROGRAM" passes when the program does not exist: that it could not be started counts as that it failed. A program that was
#   started in the background and failed is not noticed either, unless the script waits.
# Expected: a program that is not there fails the script.
# Matters: a test that a tool refuses something is green on a machine without the tool, and after its name was changed. Look for its words
#   too: stderr 'refused because'.
# Seen:
#   ! exec no-such-program-anywhere        ok
#   exec sh -c 'exit 3' &                  ok
#   exec no-such-program-anywhere          FAIL
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get github.com/rogpeppe/go-internal@v1.16.0 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }
mkdir -p scripts/absent scripts/background scripts/plain
echo '! exec no-such-program-anywhere' >scripts/absent/it.txt
echo "exec sh -c 'exit 3' &" >scripts/background/it.txt
echo 'exec no-such-program-anywhere' >scripts/plain/it.txt
cat >it_test.go <<'END'
package finding

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestIt(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "scripts/" + os.Getenv("SCRIPTS")})
}
END
go vet . || exit 2
run() { SCRIPTS=$1 go test -count=1 . >/dev/null 2>&1 && echo ok || echo FAIL; }
absent=$(run absent) background=$(run background) plain=$(run plain)
echo "! exec: $absent, background: $background, exec: $plain"
[ "$absent" = ok ] || changed "! exec of a program that is not there fails"
[ "$background" = ok ] || changed "a failure in the background is noticed"
[ "$plain" = FAIL ] || changed "exec of a program that is not there passes"

echo "as described"
