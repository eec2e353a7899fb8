// Package swallowedfailure finds a required check that cannot fail.
//
// A command that ends with `|| true`, or has an option that ignores failures,
// exits with 0 whatever happened. As a gate it is always open. With `report` it
// is decided by what its tests say, and may exit as it likes; with
// `required = false` it is no gate.
//
// Wrong:
//
//	check "unit" {
//	  run = "make test || true"
//	}
//
// Right:
//
//	check "unit" {
//	  run    = "make test || true"
//	  report = "build/*.xml"
//	}
package swallowedfailure
