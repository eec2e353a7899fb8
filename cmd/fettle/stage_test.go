package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
)

// faulty is a disk of which the N-th step fails: that step alone, that one and
// everything after it that needs space, or everything from it on, as after a
// kill. A write that fails has written a third, a removal the worst part.
type faulty struct {
	realDisk
	at, steps int
	then      string
}

// The ways in which the N-th step fails.
const (
	once   = "once"
	full   = "full"
	killed = "killed"
)

func (d *faulty) fails(space bool) error {
	d.steps++
	if d.steps == d.at || d.steps > d.at && (d.then == killed || d.then == full && space) {
		return syscall.ENOSPC
	}
	return nil
}

func (d *faulty) mkdir(path string) error {
	if err := d.fails(true); err != nil {
		return err
	}
	return d.realDisk.mkdir(path)
}

func (d *faulty) write(path string, content []byte, mode fs.FileMode) error {
	if err := d.fails(true); err != nil {
		if d.steps == d.at {
			_ = d.realDisk.write(path, content[:len(content)/3], mode)
		}
		return err
	}
	return d.realDisk.write(path, content, mode)
}

func (d *faulty) rename(from, to string) error {
	if err := d.fails(false); err != nil {
		return err
	}
	return d.realDisk.rename(from, to)
}

func (d *faulty) remove(path string) error {
	if err := d.fails(false); err != nil {
		return err
	}
	return d.realDisk.remove(path)
}

func (d *faulty) removeAll(path string) error {
	if err := d.fails(false); err != nil {
		if d.steps == d.at {
			_ = d.realDisk.remove(filepath.Join(path, ".gitignore"))
		}
		return err
	}
	return d.realDisk.removeAll(path)
}

// generated are files as a policy makes them, with the list that names them.
func generated(version string, paths ...string) []gen.File {
	var out []gen.File
	list := "# " + gen.Mark + "\n"
	for _, p := range paths {
		out = append(out, gen.File{Path: p, Content: []byte("# " + gen.Mark + "\n" + p + " " + version + "\n"), Executable: strings.HasSuffix(p, ".sh")})
		list += p + "\n"
	}
	return append(out, gen.File{Path: generators.ListPath, Content: []byte(list)})
}

// Two policies, one after the other, and a third: files stay, change, go and
// come, in folders that are there and in folders that are not.
var (
	firstFiles  = generated("1", ".fettle/release.sh", ".gitlab-ci.yml", "a/same.yml", "b/gone.yml", "b/gone.sh")
	secondFiles = generated("2", ".fettle/release.sh", ".gitlab-ci.yml", "b/new.yml", "c/d/e/new.sh", "f.yml")
	thirdFiles  = generated("3", ".fettle/release.sh", "b/new.yml", "g/new.yml")
)

func putInto(top string, d disk, files []gen.File) (string, error) {
	var said bytes.Buffer
	c := &command{stdout: &said, stderr: &said, top: top, disk: d}
	_, err := c.put(files)
	return said.String(), err
}

func demandPut(t *testing.T, top string, files []gen.File) {
	t.Helper()
	if said, err := putInto(top, realDisk{}, files); err != nil {
		t.Fatal(said, err)
	}
}

// tree is everything below a folder, with its mode; folders too, where asked for.
func tree(t *testing.T, top string, folders bool) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(top, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() && (e.Name() == ".git" || !folders) {
			if err == nil && e.Name() == ".git" {
				return fs.SkipDir
			}
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(path, top)
		if e.IsDir() {
			out[name] = info.Mode().String()
			return nil
		}
		text, err := os.ReadFile(path)
		out[name] = info.Mode().String() + "\n" + string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// treeOf is the tree that some runs without a fault leave.
func treeOf(t *testing.T, folders bool, runs ...[]gen.File) map[string]string {
	t.Helper()
	top := t.TempDir()
	for _, files := range runs {
		demandPut(t, top, files)
	}
	return tree(t, top, folders)
}

// starts are what a run may find: nothing, and the files of an earlier policy.
var starts = map[string][][]gen.File{"first run": nil, "later run": {firstFiles}}

// eachFault fails at each step of a run in turn, until one ends without reaching
// its fault.
func eachFault(t *testing.T, then string, start [][]gen.File, look func(t *testing.T, top, said string, step int, err error)) {
	t.Helper()
	for at := 1; ; at++ {
		top := t.TempDir()
		for _, files := range start {
			demandPut(t, top, files)
		}
		d := &faulty{at: at, then: then}
		said, err := putInto(top, d, secondFiles)
		if d.steps < at {
			if at < 20 {
				t.Fatalf("a run has only %d steps", at)
			}
			return
		}
		look(t, top, said, at, err)
		if t.Failed() {
			return
		}
	}
}

// Whatever step fails, the files are as they were before: their bytes, their
// modes and the folders. Where only the clearing up fails, the new ones are there.
func TestFaultChangesNothing(t *testing.T) {
	for _, then := range []string{once, full} {
		for name, start := range starts {
			t.Run(then+"/"+name, func(t *testing.T) {
				before, after := treeOf(t, true, start...), treeOf(t, true, append(start, secondFiles)...)
				failed := 0
				eachFault(t, then, start, func(t *testing.T, top, said string, step int, err error) {
					got, want := tree(t, top, true), after
					if err != nil {
						want = before
						failed++
					} else if !strings.Contains(said, "the next `fettle generate` removes") && got["/.fettle/.generate"] != "" {
						t.Errorf("step %d: a folder is left, and nothing said: %q", step, said)
					}
					dropStage(got)
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("step %d, error %v:\n%s", step, err, diff)
					}
					if err != nil && !strings.Contains(err.Error(), "nothing was changed") && !strings.Contains(err.Error(), "was restored") {
						t.Errorf("step %d: the error does not say what became of the files: %v", step, err)
					}
				})
				if failed < 15 {
					t.Errorf("only %d steps failed", failed)
				}
			})
		}
	}
}

// dropStage forgets the folder that is named to be removed by the next run.
func dropStage(files map[string]string) {
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(name, "/"+stagePath) })
}

// Whatever step a run is killed at, git adds nothing that was not generated,
// check names what is left, and the next run completes everything and leaves
// nothing: with the same policy, and with one that changed since.
func TestKillIsCompleted(t *testing.T) {
	for name, start := range starts {
		for next, files := range map[string][]gen.File{"same policy": secondFiles, "another policy": thirdFiles, "policy of before": firstFiles} {
			t.Run(name+"/"+next, func(t *testing.T) {
				want := treeOf(t, false, files)
				eachFault(t, killed, start, func(t *testing.T, top, _ string, step int, _ error) {
					demandPut(t, top, files)
					if diff := cmp.Diff(want, tree(t, top, false)); diff != "" {
						t.Errorf("step %d:\n%s", step, diff)
					}
					if left := (&command{top: top}).leftovers(); len(left) > 0 {
						t.Errorf("step %d: %v is left", step, left)
					}
				})
			})
		}
	}
}

func TestKillLeavesNothingForGit(t *testing.T) {
	known := map[string]bool{}
	for _, files := range [][]gen.File{firstFiles, secondFiles} {
		for _, f := range files {
			known[f.Path] = true
		}
	}
	leftAt := 0
	eachFault(t, killed, starts["later run"], func(t *testing.T, top, _ string, step int, _ error) {
		left := (&command{top: top}).leftovers()
		staged := len(tree(t, top, false)) > 0 && strings.Contains(fmt.Sprint(tree(t, top, true)), "/"+stagePath)
		if staged != (len(left) > 0) {
			t.Errorf("step %d: %v is named", step, left)
		}
		if !staged {
			return
		}
		leftAt++
		for _, args := range [][]string{{"init", "--quiet"}, {"add", "--all"}} {
			if out, err := exec.Command("git", append([]string{"-C", top}, args...)...).CombinedOutput(); err != nil {
				t.Fatalf("step %d: git %v: %v\n%s", step, args, err, out)
			}
		}
		added, err := exec.Command("git", "-C", top, "ls-files").Output()
		if err != nil {
			t.Fatal(err)
		}
		for path := range strings.Lines(string(added)) {
			if path = strings.TrimSpace(path); !known[path] {
				t.Errorf("step %d: git adds %s", step, path)
			}
		}
	})
	if leftAt < 15 {
		t.Errorf("only %d steps leave something", leftAt)
	}
}

// Where the way back fails as well, the error says so, and the next run helps.
func TestWayBackFails(t *testing.T) {
	said := 0
	eachFault(t, killed, starts["later run"], func(t *testing.T, top, _ string, step int, err error) {
		if err != nil && strings.Contains(err.Error(), "could not be restored") {
			said++
			if strings.Contains(err.Error(), "nothing was changed") {
				t.Errorf("step %d: %v", step, err)
			}
		}
	})
	if said < 5 {
		t.Errorf("said %d times", said)
	}
}

// Where nothing differs, no step is taken.
func TestNothingToDoTakesNoStep(t *testing.T) {
	top := t.TempDir()
	demandPut(t, top, firstFiles)
	d := &faulty{at: 1, then: killed}
	if said, err := putInto(top, d, firstFiles); err != nil || said != "" || d.steps > 0 {
		t.Errorf("%d steps: %q, %v", d.steps, said, err)
	}
}

// Many runs at once, of two policies: the files are those of one of them.
func TestRunsAtOnce(t *testing.T) {
	top := t.TempDir()
	demandPut(t, top, firstFiles)
	var all sync.WaitGroup
	failures := make([]error, 24)
	for i := range failures {
		all.Go(func() {
			for range 4 {
				files := [][]gen.File{secondFiles, thirdFiles}[i%2]
				_, err := putInto(top, realDisk{}, files)
				failures[i] = errors.Join(failures[i], err)
			}
		})
	}
	all.Wait()
	if err := errors.Join(failures...); err != nil {
		t.Fatal(err)
	}
	got, second, third := tree(t, top, false), treeOf(t, false, secondFiles), treeOf(t, false, thirdFiles)
	if diff := cmp.Diff(second, got); diff != "" && !cmp.Equal(third, got) {
		t.Errorf("neither policy's files:\n%s", diff)
	}
}

// What a person commits under the name of the folder decides nothing: it is
// removed, not obeyed, and no link in it is followed.
func TestForgedStage(t *testing.T) {
	top, outside := t.TempDir(), t.TempDir()
	demandPut(t, top, firstFiles)
	kept := filepath.Join(outside, "kept")
	forged := filepath.Join(top, stagePath)
	err := errors.Join(os.WriteFile(kept, []byte("kept"), 0o644), os.Mkdir(forged, 0o755), os.Symlink(outside, filepath.Join(forged, "0.old")))
	if err != nil {
		t.Fatal(err)
	}
	demandPut(t, top, firstFiles)
	if _, err := os.Stat(kept); err != nil || exists(forged) {
		t.Error(err, exists(forged))
	}
	if err := os.Symlink(outside, forged); err != nil {
		t.Fatal(err)
	}
	if _, err := putInto(top, realDisk{}, firstFiles); err == nil || !strings.Contains(err.Error(), "symbolic link") {
		t.Error(err)
	}
}

// A real disk that is full, at every size from one that holds nothing to one
// that holds all: the whole policy, as a user runs it.
func TestFullDisk(t *testing.T) {
	if os.Getenv("FETTLE_LONG") == "" {
		t.Skip("it mounts file systems: FETTLE_LONG=yes go test ./cmd/fettle -run TestFullDisk")
	}
	policy, err := os.ReadFile("../../testdata/cases/minimal/policy.hcl")
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for pages := 2; ; pages += 4 {
		top := t.TempDir()
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dk", 4*pages), "tmpfs", top).CombinedOutput(); err != nil {
			t.Skipf("no file system can be mounted here: %v: %s", err, out)
		}
		done := fillAndGenerate(t, top, policy)
		if out, err := exec.Command("umount", "-l", top).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if done || t.Failed() {
			break
		}
		failed++
	}
	if failed < 10 {
		t.Errorf("only %d disks were full", failed)
	}
}

// fillAndGenerate says whether the disk held all of it.
func fillAndGenerate(t *testing.T, top string, policy []byte) bool {
	t.Helper()
	if err := os.WriteFile(filepath.Join(top, "release.hcl"), policy, 0o644); err != nil {
		t.Fatal(err)
	}
	before := tree(t, top, true)
	var out, said bytes.Buffer
	switch code := run([]string{"-C", top, "generate"}, nil, &out, &said); code {
	case exitFine:
		return true
	case exitFailure:
	default:
		t.Fatalf("exit code %d: %s", code, said.String())
	}
	if !strings.Contains(said.String(), "no space left on device") || out.Len() > 0 {
		t.Errorf("said %q and %q", said.String(), out.String())
	}
	if diff := cmp.Diff(before, tree(t, top, true)); diff != "" {
		t.Error(diff)
	}
	return false
}

// Policies are rewritten like that too: fmt and lint --fix, at whatever step the
// disk is full, a file cannot be replaced, or the run is killed.
func TestRewriteIsAllOrNothing(t *testing.T) {
	names := []string{"release.hcl", "a/release.hcl", "b/c/release.hcl"}
	const was, shown = "policy   \"x\" {}\n", "policy \"x\" {}\n"
	policies := func(text string) string {
		top := t.TempDir()
		for i, name := range append([]string{".git/kept"}, names...) {
			full := filepath.Join(top, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(text), 0o640), os.Chmod(full, []fs.FileMode{0o644, 0o640, 0o600, 0o644}[i])); err != nil {
				t.Fatal(err)
			}
		}
		return top
	}
	rewrite := func(top string, d disk) (string, error) {
		var said bytes.Buffer
		c := &command{stdout: &said, stderr: &said, dir: top, disk: d}
		sources, err := c.fmtSources(nil, true)
		if err != nil {
			t.Fatal(err)
		}
		return said.String(), c.fmtFiles(sources, formatting{by: "fmt"})
	}
	before, after := tree(t, policies(was), true), tree(t, policies(shown), true)
	for _, then := range []string{once, full, killed} {
		failed := 0
		for at := 1; ; at++ {
			top := policies(was)
			d := &faulty{at: at, then: then}
			_, err := rewrite(top, d)
			if d.steps < at {
				break
			}
			got, want := tree(t, top, true), after
			if err != nil {
				want = before
				failed++
			}
			if then == killed {
				if _, err := rewrite(top, realDisk{}); err != nil {
					t.Fatal(err)
				}
				got, want = tree(t, top, true), after
				if left := (&command{top: top}).leftovers(); len(left) > 0 && err != nil {
					t.Errorf("step %d: %v is left", at, left)
				}
			}
			maps.DeleteFunc(got, func(name, _ string) bool { return name == "/.fettle" || strings.HasPrefix(name, "/"+stagePath) })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, step %d, error %v:\n%s", then, at, err, diff)
			}
		}
		if failed < 12 {
			t.Errorf("%s: only %d steps failed", then, failed)
		}
	}
}
