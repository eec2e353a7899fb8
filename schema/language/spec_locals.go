package language

var localsBlock = &Block{Name: "locals", Free: true, Example: "tag = \"v${release.version}\"", Doc: "Values for use in this policy: local.NAME. Their order does not matter."}
