package history

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/internal/test/wire"
)

// Cost is what one operation takes.
type Cost struct {
	Operation string
	Programs  []string // that the script started, in their order
	Traffic   wire.Traffic
	Times     []time.Duration // of the processor, for the script with all that it starts: one for each repetition
}

// Median of the times.
func (c *Cost) Median() time.Duration {
	if len(c.Times) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(c.Times))[len(c.Times)/2]
}

// Ratio is the median of the ratios, each of the two times of one round; 0 without.
func Ratio(a, b *Cost) float64 {
	var all []float64
	for i := range min(len(a.Times), len(b.Times)) {
		all = append(all, float64(a.Times[i])/float64(b.Times[i]))
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// Bench measures on one history.
type Bench struct {
	place *Place
	made  string
	size  Size
	o     Options
	costs map[string]*Cost
	order []string
}

// Options of a measurement.
type Options struct {
	Cache   string // a folder that keeps large histories
	Local   bool   // the remote is a folder where times are taken, so that they are the host's too
	Shallow bool   // a job checks out the commit alone
}

// Bench is on a history of that size.
func (p *Place) Bench(size Size, o Options) (*Bench, error) {
	made, err := p.Make(size, o.Cache)
	return &Bench{place: p, made: made, size: size, o: o, costs: map[string]*Cost{}}, err
}

// Costs are those of the operations, in the order in which they were first measured.
// The reference is the first.
func (b *Bench) Costs() []*Cost {
	var out []*Cost
	for _, name := range b.order {
		out = append(out, b.costs[name])
	}
	return out
}

// Count carries out every operation once, and counts programs and requests.
func (b *Bench) Count() error { return b.round(true) }

// Time carries out every operation once more, each from the same state as ever.
func (b *Bench) Time() error { return b.round(false) }

func (b *Bench) round(count bool) error {
	for _, w := range walks {
		if err := b.walk(count, w); err != nil {
			return err
		}
	}
	return nil
}

// walk goes one way on a copy of the history.
func (b *Bench) walk(count bool, walk walk) error {
	root, err := b.place.temporary("host")
	if err != nil {
		return err
	}
	defer os.RemoveAll(root)
	disk := filepath.Join(root, "shop.git")
	if err := Copy(b.made, disk); err != nil {
		return err
	}
	last := first + b.size.Versions - 1
	git, err := wire.Git(root, b.place.env(timeOf(last+1))...)
	if err != nil {
		return err
	}
	counter := &wire.Counter{}
	server := httptest.NewServer(counter.Handler(git))
	defer server.Close()
	run := b.place.run(server.URL+"/shop.git", disk, timeOf(last+1))
	defer run.close()
	run.shallow = b.o.Shallow
	if b.o.Local && !count {
		run.remote = disk
	}
	log := filepath.Join(b.place.dir, "started")
	if count {
		if run.path, err = b.place.countingPath(log); err != nil {
			return err
		}
	}
	return walk(run, last, func(name string, do func() error) error {
		_ = os.Remove(log) // there is none at first
		counter.Take()
		if err := do(); err != nil {
			return err
		}
		c := b.cost(name)
		if !count {
			c.Times = append(c.Times, run.spent)
			return nil
		}
		c.Traffic = counter.Take()
		started, err := os.ReadFile(log)
		c.Programs = strings.Fields(string(started))
		return err
	})
}

func (b *Bench) cost(name string) *Cost {
	c, ok := b.costs[name]
	if !ok {
		c = &Cost{Operation: name}
		b.costs[name] = c
		b.order = append(b.order, name)
	}
	return c
}
