package history

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// life is a repository in which the script itself released some versions.
type life struct {
	place *Place
	bare  string
	last  int // version
}

// live makes one: commits, and a delivery with its mirror for each version.
func (p *Place) live(bare string, versions int, size Size) (*life, error) {
	if _, err := p.git(dawn, "", nil, "init", "--quiet", "--bare", "--initial-branch="+mainline, bare); err != nil {
		return nil, err
	}
	for _, setting := range []string{"http.receivepack", "uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant", "receive.denyNonFastForwards", "receive.denyDeletes", "receive.advertisePushOptions"} {
		if _, err := p.git(dawn, bare, nil, "config", setting, "true"); err != nil {
			return nil, err
		}
	}
	l := &life{place: p, bare: bare}
	for v := first; v < first+versions; v++ {
		if err := l.commits(v, v, size); err != nil {
			return nil, err
		}
		if err := l.deliver(v); err != nil {
			return nil, err
		}
		// What two versions write is compared, and a time that is the same in both would look like a line that nobody writes.
		time.Sleep(time.Second + 100*time.Millisecond)
		l.last = v
	}
	return l, nil
}

// commits are those of some versions, on the mainline.
func (l *life) commits(from, to int, size Size) error {
	var b bytes.Buffer
	blob := make([]byte, size.Bytes/int64(size.Versions*daily))
	random := rand.New(rand.NewSource(int64(from)))
	for v := from; v <= to; v++ {
		for i := range daily {
			n := (v-first)*daily + i
			at := timeOf(v) - period/2 + i
			text := fmt.Sprintf("Change %d\n", n)
			fmt.Fprintf(&b, "commit refs/heads/%s\nauthor Pat <pat@example.com> %d +0000\ncommitter Pat <pat@example.com> %d +0000\ndata %d\n%s", mainline, at, at, len(text), text)
			if v == from && i == 0 && v > first {
				fmt.Fprintf(&b, "from refs/heads/%s^0\n", mainline)
			}
			fmt.Fprintf(&b, "M 100644 inline src/%d/%d.txt\ndata %d\n%s\n", n%10, n%100, len(text), text)
			if n == 0 {
				for _, f := range l.place.files {
					fmt.Fprintf(&b, "M 100644 inline %s\ndata %d\n%s\n", f.Path, len(f.Content), f.Content)
				}
			}
			if len(blob) > 0 {
				random.Read(blob)
				fmt.Fprintf(&b, "M 100644 inline assets/%d.bin\ndata %d\n%s\n", n%50, len(blob), blob)
			}
		}
		if b.Len() < 64<<20 && v < to {
			continue
		}
		if _, err := l.place.git(timeOf(v), l.bare, &b, "-c", "fastimport.unpackLimit=0", "-c", "pack.compression=1", "fast-import", "--quiet"); err != nil {
			return err
		}
		b.Reset()
		if v < to { // the next stream begins where this one ended
			return l.commits(v+1, to, size)
		}
	}
	return nil
}

// deliver releases what the mainline has.
func (l *life) deliver(version int) error {
	run := l.place.run(l.bare, l.bare, timeOf(version))
	defer run.close()
	return run.delivery(version, nil)
}

// ids are the commits of the mainline at each version.
func (l *life) ids(to int) (map[int]string, error) {
	out, err := l.place.git(dawn, l.bare, nil, "rev-list", "--reverse", mainline)
	if err != nil {
		return nil, err
	}
	all := strings.Fields(out)
	ids := map[int]string{}
	for v := first; v <= to; v++ {
		ids[v] = all[(v-first+1)*daily-1]
	}
	return ids, nil
}

func (p *Place) temporary(name string) (string, error) {
	dir := filepath.Join(p.dir, "work")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(dir, name)
}
