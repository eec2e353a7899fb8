// Command fettle turns one release policy into the pipelines of four CI
// systems, and tells when they no longer say what the policy says.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
