// Package ungivenvariable finds a variable that a command reads and nothing gives.
//
// ${env.NAME} is a variable of the machine. The block gives it by `env` or
// `secrets`, the agent says by `provides` that its machines have it, fettle and the
// CI system set some themselves, and each machine has a few, such as HOME. One
// that nothing gives is empty, and the command goes on with an empty text. Where
// there are several targets, each must give it.
//
// Wrong:
//
//	check "unit" {
//	  run = "make test REGISTRY=${env.REGISTRY}"
//	}
//
// Right:
//
//	check "unit" {
//	  run = "make test REGISTRY=${env.REGISTRY}"
//	  env = { REGISTRY = "registry.example.com" }
//	}
package ungivenvariable
