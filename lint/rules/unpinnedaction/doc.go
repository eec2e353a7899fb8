// Package unpinnedaction finds an action in a native part that can become another one.
//
// A tag or a branch of somebody else's repository can be moved, and what runs then
// is another program with the rights of the job. A commit cannot. What fettle
// generates names its actions by commit; this is about native parts for GitHub.
//
// Wrong:
//
//	check "unit" {
//	  run = "make test"
//
//	  native "github" {
//	    steps = <<-EOT
//	      - uses: actions/setup-go@v6
//	    EOT
//	  }
//	}
//
// Right:
//
//	check "unit" {
//	  run = "make test"
//
//	  native "github" {
//	    steps = <<-EOT
//	      - uses: actions/setup-go@4b73464bb391d4059bd26b0524d20df3927bd417
//	    EOT
//	  }
//	}
package unpinnedaction
