package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/fettle-ci/fettle/internal/test/history"
)

// script prints what each operation costs on histories of several sizes. They are
// measured in turn, so that what else the machine does concerns all of them.
func script(args []string) error {
	flags := flag.NewFlagSet("script", flag.ExitOnError)
	versions := flags.String("versions", "2,200,2000", "how many versions the repositories have seen")
	times := flags.Int("times", 5, "repetitions, of which the median counts; 0: no times")
	local := flags.Bool("local", false, "times with a folder as the remote, so that the host's part is in them; counted is over HTTP all the same")
	shallow := flags.Bool("shallow", false, "a job checks out the commit alone, and not all of the history")
	file := flags.String("script", "", "a release script to measure in place of the generated one; its histories are its own")
	only := flags.String("only", "", "print only the operations whose name has this in it")
	page := flags.Bool("page", false, "write it into "+pagePath)
	list := flags.Bool("list", false, "list the programs of each operation too")
	_ = flags.Parse(args) // it exits
	dir, err := workplace()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	place, err := history.NewPlace(dir)
	if err != nil {
		return err
	}
	if *file != "" {
		if err := place.UseScript(*file); err != nil {
			return err
		}
	}
	sizes, benches, err := benches(place, *versions, history.Options{Local: *local, Shallow: *shallow})
	if err != nil {
		return err
	}
	for i := range *times + 1 {
		for _, b := range benches {
			round := b.Time
			if i == 0 {
				round = b.Count
			}
			if err := round(); err != nil {
				return err
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", i, *times)
	}
	printScript(sizes, benches, *only)
	if *list {
		printPrograms(benches[len(benches)-1], *only)
	}
	if !*page {
		return nil
	}
	return put("script", strings.TrimSuffix(strings.ReplaceAll("go run ./internal/test/bench script "+strings.Join(args, " "), " --page", ""), " "), scriptTable(sizes, benches))
}

// scriptTable is the part of the page: counts of the largest history, which a test
// demands to be those of the smallest, and what time grows by.
func scriptTable(sizes []int, benches []*history.Bench) string {
	var b strings.Builder
	first, last := benches[0].Costs(), benches[len(benches)-1].Costs()
	fmt.Fprintf(&b, "| operation | programs | round trips | at %d versions | of the reference |", sizes[0])
	for _, n := range sizes[1:] {
		fmt.Fprintf(&b, " at %d, of %d | of the reference |", n, sizes[0])
	}
	fmt.Fprintf(&b, " KiB at %d |\n| --- | --- | --- | --- | --- |%s --- |\n", sizes[len(sizes)-1], strings.Repeat(" --- | --- |", len(sizes)-1))
	for i, c := range first {
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %.1f |", c.Operation, len(last[i].Programs), last[i].Traffic.Trips, ms(c.Median()), history.Ratio(c, first[0]))
		for _, bench := range benches[1:] {
			now := bench.Costs()
			fmt.Fprintf(&b, " %.2f | %.1f |", history.Ratio(now[i], c), history.Ratio(now[i], now[0]))
		}
		fmt.Fprintf(&b, " %.0f |\n", float64(last[i].Traffic.Up+last[i].Traffic.Down)/1024)
	}
	return b.String()
}

func benches(place *history.Place, versions string, o history.Options) (sizes []int, all []*history.Bench, err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, nil, err
	}
	o.Cache = filepath.Join(cache, "fettle", "histories")
	for text := range strings.SplitSeq(versions, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, nil, err
		}
		b, err := place.Bench(history.Size{Versions: n}, o)
		if err != nil {
			return nil, nil, err
		}
		sizes, all = append(sizes, n), append(all, b)
		fmt.Fprintf(os.Stderr, "made: %d versions\n", n)
	}
	return sizes, all, nil
}

// printScript has a line for each operation and a group of columns for each size.
func printScript(sizes []int, benches []*history.Bench, only string) {
	w := tabwriter.NewWriter(os.Stdout, 2, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "operation\t")
	for _, n := range sizes {
		fmt.Fprintf(w, "| %d: programs\ttrips\trequests\tKiB\tms\tof plain\tof %d\t", n, sizes[0])
	}
	fmt.Fprintln(w)
	for i, c := range benches[0].Costs() {
		if !strings.Contains(c.Operation, only) {
			continue
		}
		fmt.Fprintf(w, "%s\t", c.Operation)
		for _, b := range benches {
			now := b.Costs()[i]
			fmt.Fprintf(w, "%d\t%d\t%d\t%.1f\t%.1f\t%.2f\t%.2f\t", len(now.Programs), now.Traffic.Trips, now.Traffic.Requests, float64(now.Traffic.Up+now.Traffic.Down)/1024,
				float64(now.Median().Microseconds())/1000, history.Ratio(now, b.Costs()[0]), history.Ratio(now, c))
		}
		fmt.Fprintln(w)
	}
	_ = w.Flush()
}

func printPrograms(b *history.Bench, only string) {
	for _, c := range b.Costs() {
		if strings.Contains(c.Operation, only) {
			fmt.Printf("%s: %s\n", c.Operation, strings.Join(c.Programs, " "))
		}
	}
}
