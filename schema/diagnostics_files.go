package schema

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
)

// Messages about the files that a policy refers to.

func notRelative(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("path-outside", at, "Not a relative path", "%q is no path from this file's folder to another place in the repository. Write one with slashes, such as \"../platform\".", name)
}

func outsideRepository(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("path-outside", at, "Path outside the repository", "%q leads out of the repository. What a policy is made of lies in it, so that a commit says everything: copy it in, or add it as a submodule.", name)
}

func noRepository(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("file-unreadable", at, "No other files here", "%q cannot be read: this policy is compiled without the repository that it lies in.", name)
}

func noSuchFile(shown string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("file-missing", at, "File not found", "There is neither a file nor a directory %q in the repository.", shown)
}

func emptyDirectory(shown string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("directory-empty", at, "Directory without a policy", "The directory %q has no file to read: looked for release.hcl and *.release.hcl, and the same with .json.", shown)
}

func fileUnreadable(shown, why string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("file-unreadable", at, "File that cannot be read", "%q: %s.", shown, why)
}

func notAFile(shown string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("file-unreadable", at, "File that cannot be read", "%q is neither a file nor a directory.", shown)
}

func linkOutside(shown string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("path-outside", at, "Symbolic link out of the repository", "%q is a symbolic link that leads out of the repository. Copy what it leads to.", shown)
}
