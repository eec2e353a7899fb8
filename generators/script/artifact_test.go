package script_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// contents are a folder as it must come back: what its files hold, their modes, and
// where links lead.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		content := ""
		switch {
		case d.Type() == fs.ModeSymlink:
			content, err = os.Readlink(path)
		case !d.IsDir():
			var bytes []byte
			bytes, err = os.ReadFile(path)
			content = string(bytes)
		}
		fmt.Fprintf(&b, "%v %s %q\n", info.Mode(), strings.TrimPrefix(path, dir), content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// folder makes one with all that an artifact may hold.
func folder(t *testing.T, dir string) string {
	t.Helper()
	for name, mode := range map[string]os.FileMode{"app": 0o644, "bin/run": 0o750, ".hidden/key": 0o600, "with blank/äö": 0o664, `back\slash`: 0o644, "closed/file": 0o444} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), "the content of "+name, mode)
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Symlink("../app", filepath.Join(dir, "bin/app")))
	must(os.Symlink("nowhere", filepath.Join(dir, "dangling")))
	must(os.Link(filepath.Join(dir, "app"), filepath.Join(dir, "the same file")))
	must(os.Mkdir(filepath.Join(dir, "empty"), 0o755))
	must(os.Chmod(filepath.Join(dir, "closed"), 0o555))
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "closed"), 0o755) })
	return contents(t, dir)
}

// tars are those of this machine, each as the program "tar" in a folder.
func tars(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, program := range []string{"tar", "bsdtar", "busybox"} {
		path, err := exec.LookPath(program)
		if err != nil {
			if os.Getenv("FETTLE_E2E") == "required" && program == "bsdtar" {
				t.Errorf("%s is not installed (libarchive-tools)", program)
			}
			continue
		}
		found[program] = t.TempDir()
		line := "exec '" + path + "' \"$@\""
		if program == "busybox" {
			line = "exec '" + path + "' tar \"$@\""
		}
		write(t, filepath.Join(found[program], "tar"), "#!/bin/sh\n"+line+"\n", 0o755)
	}
	return found
}

// inPlaceOf puts a program before those that the script finds.
func (h *host) inPlaceOf(program, text string) {
	h.t.Helper()
	dir := h.t.TempDir()
	write(h.t, filepath.Join(dir, program), text, 0o755)
	h.path = dir + ":" + os.Getenv("PATH")
}

func (h *host) packed() []byte {
	h.t.Helper()
	b, err := os.ReadFile(filepath.Join(h.work, ".fettle/artifact/release.tar"))
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

// An artifact comes back as it was: modes, links, hidden files and empty
// folders, and nothing that lay there before. Its checksum is the same
// whichever tar packs, and any other one unpacks it.
func TestArtifact(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	dist := filepath.Join(h.work, "dist")
	want := folder(t, dist)
	programs, packed, checksums := tars(t), map[string][]byte{}, map[string]bool{}
	for name, path := range programs {
		h.path = path + ":" + os.Getenv("PATH")
		h.ok("delivery", "pack", "dist/")
		packed[name] = h.packed()
		checksums[h.out["checksum"]] = true
	}
	if len(checksums) != 1 || !strings.HasPrefix(h.out["checksum"], "tree:sha256:") {
		t.Errorf("the checksums are %v", slices.Sorted(maps.Keys(checksums)))
	}
	if packed["bsdtar"] != nil && string(packed["bsdtar"]) != string(packed["tar"]) {
		t.Error("GNU tar and bsdtar wrote other bytes")
	}
	for by, content := range packed {
		for name, path := range programs {
			h.path = path + ":" + os.Getenv("PATH")
			if err := os.MkdirAll(filepath.Join(h.work, ".fettle/artifact"), 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(h.work, ".fettle/artifact/release.tar"), string(content), 0o644)
			write(t, filepath.Join(dist, "left over"), "of an earlier run", 0o644)
			h.ok("delivery", "unpack", "dist/")
			if now := contents(t, dist); now != want {
				t.Errorf("packed by %s, unpacked by %s:\n%s\nwant:\n%s", by, name, now, want)
			}
		}
	}
	// A store has brought the files themselves.
	h.ok("delivery", "unpack", "dist")
	write(t, filepath.Join(dist, "app"), "changed", 0o644)
	h.refused("it is not what was tested", "delivery", "unpack", "dist/")
}

// What cannot be made here, and what somebody changed, is named.
func TestArtifactUnlike(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	dist := filepath.Join(h.work, "dist")
	folder(t, dist)
	tar, err := exec.LookPath("tar")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ then, want string }{
		{"chmod 640 dist/bin/run", "./bin/run was a file that may be executed and is a file"},
		{"rm dist/bin/app; cp dist/app dist/bin/app", "./bin/app was a symbolic link and is a file"},
		{"rmdir dist/empty", "./empty, a folder, is missing"},
		{"echo >>dist/app", "./app has another content"},
		{": >dist/more", "./more was not built"},
	} {
		h.path = os.Getenv("PATH")
		h.ok("delivery", "pack", "dist/")
		h.inPlaceOf("tar", "#!/bin/sh\n'"+tar+"' \"$@\" || exit\ncase $1 in --delay*) "+c.then+" ;; esac\n")
		h.refused("1 files of the artifact are not what was built: "+c.want, "delivery", "unpack", "dist/")
		if _, err := os.Stat(dist); err == nil {
			t.Errorf("%s: it is still there", c.want)
		}
		h.path = os.Getenv("PATH")
		h.ok("delivery", "unpack", "dist/")
	}
	h.ok("delivery", "pack", "dist/")
	content := h.packed()
	write(t, filepath.Join(h.work, ".fettle/artifact/release.tar"), strings.Replace(string(content), "x\t./bin/run", "f\t./bin/run", 1), 0o644)
	h.refused("it is not what was tested", "delivery", "unpack", "dist/")
	write(t, filepath.Join(h.work, ".fettle/artifact/release.tar"), "no tar", 0o644)
	h.refused("is not what the build packed", "delivery", "unpack", "dist/")
}

// On Azure each attempt of a build publishes under a name of its own, and all of them are fetched: what was built is unpacked.
func TestArtifactOfAttempts(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.asked["RELEASE_TARGET"] = "azure"
	attempts := map[string][]byte{}
	for _, text := range []string{"one", "two", "three"} {
		write(t, filepath.Join(h.work, "app.jar"), text, 0o644)
		h.ok("delivery", "pack", "app.jar")
		attempts[text] = h.packed()
	}
	fetch := func(texts ...string) {
		if err := os.RemoveAll(filepath.Join(h.work, ".fettle/artifact")); err != nil {
			t.Fatal(err)
		}
		for i, text := range texts {
			dir := filepath.Join(h.work, fmt.Sprintf(".fettle/artifact/release-%d", i+1))
			if err := os.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "release.tar"), string(attempts[text]), 0o644)
		}
	}
	for _, texts := range [][]string{{"one", "three"}, {"three", "one"}, {"three"}} {
		fetch(texts...)
		h.ok("delivery", "unpack", "app.jar")
		if b, err := os.ReadFile(filepath.Join(h.work, "app.jar")); string(b) != "three" {
			t.Errorf("of %v, app.jar is %q, %v", texts, b, err)
		}
	}
	fetch("one", "two")
	h.refused("it is not what was tested", "delivery", "unpack", "app.jar")
}

// A file alone, and what is no artifact.
func TestArtifactOfOneFile(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	write(t, filepath.Join(h.work, "app.jar"), "one", 0o644)
	h.ok("delivery", "pack", "./app.jar")
	write(t, filepath.Join(h.work, "app.jar"), "two", 0o644)
	h.ok("delivery", "unpack", "app.jar")
	if b, err := os.ReadFile(filepath.Join(h.work, "app.jar")); string(b) != "one" {
		t.Errorf("app.jar is %q, %v", b, err)
	}
	h.ok("delivery", "pack", "app.jar")
	h.refused("the policy names ./out/shop.jar", "delivery", "unpack", "out/shop.jar")
	h.refused("is the whole repository", "delivery", "pack", "./")

	dist := filepath.Join(h.work, "dist")
	for _, c := range []struct {
		make string
		want string
	}{
		{"mkfifo dist/pipe", "./pipe in the artifact is neither a file nor a folder nor a symbolic link"},
		{"printf x >dist/\"$(printf 'a\\tb')\"", "has a name with a control character"},
		{"cp /bin/true dist/su; chmod 4755 dist/su", "./su in the artifact runs as another user"},
		{"ln -s \"$(printf 'a\\nb')\" dist/link", "./link in the artifact leads to a name with a control character"},
		{"rmdir dist; ln -s app.jar dist", "the artifact ./dist is a symbolic link"},
	} {
		if err := os.MkdirAll(dist, 0o755); err != nil {
			t.Fatal(err)
		}
		sh := exec.Command("sh", "-ec", c.make)
		sh.Dir = h.work
		if out, err := sh.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", c.make, err, out)
		}
		h.refused(c.want, "delivery", "pack", "dist/")
		if err := os.RemoveAll(dist); err != nil {
			t.Fatal(err)
		}
	}
}

// An artifact that older generated files kept comes back the way each system
// kept it, and people are told what its checksum does not say.
func TestArtifactOfBefore(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	for _, c := range []struct{ target, path, kept string }{
		{"github", "dist/", "mv dist .fettle/artifact"},
		{"azure", "dist/app", "mkdir -p .fettle/artifact; mv dist/app .fettle/artifact"},
		{"azure", "dist/app", "mkdir -p .fettle/artifact/release; mv dist/app .fettle/artifact/release"},
		{"gitlab", "dist/", "mkdir -p .fettle/artifact; tar -czf .fettle/artifact/release.tar.gz dist/"},
		{"jenkins", "dist/", ":"},
	} {
		h.asked["RELEASE_TARGET"] = c.target
		sh := exec.Command("sh", "-ec", "mkdir -p .fettle dist; echo one >dist/app")
		sh.Dir = h.work
		if out, err := sh.CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		h.ok("delivery", "checksum", c.path)
		sh = exec.Command("sh", "-ec", c.kept)
		sh.Dir = h.work
		if out, err := sh.CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		if out := h.ok("redeploy", "unpack", c.path); !strings.Contains(out, "says nothing of links and modes") {
			t.Errorf("%s: nobody is told:\n%s", c.target, out)
		}
		if b, err := os.ReadFile(filepath.Join(h.work, "dist/app")); string(b) != "one\n" {
			t.Errorf("%s: %q, %v", c.target, b, err)
		}
		write(t, filepath.Join(h.work, "dist/app"), "two", 0o644)
		h.refused("it is not what was tested", "redeploy", "unpack", c.path)
		if err := os.RemoveAll(filepath.Join(h.work, "dist")); err != nil {
			t.Fatal(err)
		}
	}
}

// What lay beside another commit is gone after a checkout of the script's own,
// ignored or not, and in the submodules that were brought along.
func TestPayloadIsClean(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery")
	library := filepath.Join(t.TempDir(), "library")
	h.git("", "clone", "--quiet", h.remote, library)
	h.git(h.work, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library, "library")
	id := h.commit("library", ".gitignore", "dist/\nold.txt")
	h.git(filepath.Join(h.work, "library"), "commit", "--quiet", "--allow-empty", "-m", "a commit of today")
	for _, left := range []string{"dist/old.txt", "old.txt", "beside.txt", "library/old.txt"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(h.work, left)), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(h.work, left), "of another commit", 0o644)
	}
	h.asked["RELEASE_COMMIT"], h.asked["RELEASE_VERSION"] = id, "44"
	h.ok("redeploy", "payload")
	if now := h.git(h.work, "status", "--porcelain", "--ignored"); now != "" {
		t.Errorf("there is still:\n%s", now)
	}
	if now := h.git(filepath.Join(h.work, "library"), "status", "--porcelain", "--ignored"); now != "" {
		t.Errorf("in the submodule there is still:\n%s", now)
	}
}
