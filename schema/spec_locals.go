package schema

var localsBlock = &block{name: "locals", free: true, example: "tag = \"v${release.version}\"", doc: "Values for use in this policy: local.NAME. Their order does not matter."}
