package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Nearly every run is short: collecting costs it more than the memory. A run over
// a thousand policies collects when so much has come together, and keeps little.
const (
	uncollected = 64 << 20 // beside what is in use
	inUse       = "/gc/heap/live:bytes"
)

// collectRarely lets a run use so much memory before anything is collected, and
// after each collection as much again; or twice of what is in use, where that is
// more: with a fixed limit the collector would not stop any more.
func collectRarely() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(uncollected)
	afterCollection(func() {
		live := []metrics.Sample{{Name: inUse}}
		metrics.Read(live)
		used := int64(live[0].Value.Uint64())
		debug.SetMemoryLimit(used + max(used, uncollected))
	})
}

// afterCollection calls a function after each collection: with it goes what nobody
// holds, and its finalizer is called.
func afterCollection(call func()) {
	type unheld struct{ *byte } // with a pointer: several without one are one object to the collector
	var again func(*unheld)
	again = func(*unheld) {
		call()
		runtime.SetFinalizer(new(unheld), again)
	}
	runtime.SetFinalizer(new(unheld), again)
}
