package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/fettle-ci/fettle/internal/test/host"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fettle": main})
}

// The command line, as its users meet it: testdata/script says what each
// command prints where, with which exit code, and what it leaves on the disk.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(root, "testdata", "script"),
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", root)
			env.Values["host"] = new(*host.Host)
			for _, dir := range filepath.SplitList(env.Getenv("PATH")) {
				if file := filepath.Join(dir, "fettle"); exists(file) {
					env.Setenv("FETTLE", file) // for a test that changes PATH
					break
				}
			}
			env.Setenv("TODAY", time.Now().UTC().Format("2006-01-02"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": code, "replace": replaceText, "crlf": crlf, "host": standIn},
	})
}

// host TARGET [MODE]: a stand-in for a host, to which the environment leads; it ends with
// the test. host posted: what the last one was sent to start something, into the file
// posted.
func standIn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: host target [mode], host posted")
	}
	if args[0] == "posted" {
		last := *ts.Value("host").(**host.Host)
		ts.Check(os.WriteFile(ts.MkAbs("posted"), []byte(strings.Join(last.Posted(), "\n")), 0o644))
		return
	}
	mode := host.Fine
	if len(args) > 1 {
		mode = host.Mode(args[1])
	}
	h := host.New(args[0], mode)
	ts.Defer(h.Close)
	*ts.Value("host").(**host.Host) = h
	for name, value := range h.Environment() {
		ts.Setenv(name, value)
	}
}

// code N fettle …: the exit code, where `!` would accept any.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program args…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// replace FILE OLD NEW: an edit, as a person makes it.
func replaceText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace file old new")
	}
	old := ts.ReadFile(args[0])
	if !strings.Contains(old, args[1]) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(old, args[1], args[2])), 0o644))
}

// crlf FILE: the line ends of Windows.
func crlf(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")), 0o644))
}
