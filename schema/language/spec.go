// Package language is the language of policies as tables: blocks and attributes,
// functions, run-time values, facts for rules, and the words of other tools. Decoding,
// messages, the JSON schema and the reference documentation follow from them. It
// reads no policy.
package language

// The table of blocks and attributes, each once. Each block at the top has a file
// of its own, spec_NAME.go.

// Attribute is one attribute of a block.
type Attribute struct {
	Name     string
	Kind     string // one of kinds: what it takes
	Required bool
	Doc      string
	Fallback string   // what it is when it is left out: as a policy would write it, or in words; "" when that is nothing
	Example  string   // a value as a policy writes it
	Values   []string // of an enumeration
	Stronger Strength // how it may still change where it is locked
	Number   string   // of docs/rules.md: what is wrong here goes against it
}

// Block is one type of block.
type Block struct {
	Name       string
	Labels     int    // 0 or 1
	Label      string // of the example, where there is one
	Once       bool
	Attributes []Attribute
	Blocks     []*Block
	Free       bool   // any attribute: locals
	Number     bool   // the label is the number of a rule
	Weakens    bool   // one more of them takes a gate away: where they are locked, none is added
	Example    string // of the inside of a free block
	Doc        string
}

// kind is what an attribute takes, in the words of the documentation.
type kind struct{ name, doc string }

// kinds are all of them.
var kinds = []kind{
	{"text", "A text in quotation marks, known when compiling: variables, locals and functions may be in it."},
	{"texts", "A list of texts, known when compiling."},
	{"number", "A whole number from 1 to 6."},
	{"duration", "A text: a number above zero with `m`, `h` or `d`, 30 days at most."},
	{"cron", "A text of five fields, separated by blanks: minute, hour, day of the month, month, day of the week (0 is Sunday). Each is `*`, or numbers with `-` for a range, `/` for a step and `,` between several."},
	{"moment", "A text: a day, `2026-12-19`, or a day and a time, `2026-12-19T18:00`, by the clocks of the time zone."},
	{"glob", "A text with `*` for a part of a name and `**` for any folders; relative to the repository."},
	{"native", "A text in the language of the system, known when compiling. For `${` write `$${`."},
	{"image", "A text: the name of a container image, with its digest."},
	{"globs", "A list of globs."},
	{"artifact", "A path relative to the repository (of a folder with a slash at its end), with slashes and without `..`; or `image(\"REPOSITORY\", \"FILE\")`: the repository of an image in a registry, and the path of the file to which the build writes the digest, `sha256:…`."},
	{"relative path", "A text without variables: the relative path from this file's folder to a file or a directory of the repository."},
	{"lock", "`true` for the whole block, or a list of bare words: attributes of the block, and types of the blocks in it."},
	{"regular expression", "A text that every `grep -E` understands; it must match the whole."},
	{"name pattern", "A text that holds `${version}` once."},
	{"name", "A text that git and every host take as the name of a branch."},
	{"branches", "The name of a branch with one star in it, which crosses no folder."},
	{"command", "What a shell runs: a text, or a list of them, run in order. Run-time values may be in it. `script(\"ci/test.sh\")` is a command that is a file of the repository, which the shell of the block runs."},
	{"run-time texts", "An object of texts by name: `{ NAME = \"…\" }`. Run-time values may be in them."},
	{"true or false", "`true` or `false`, without quotation marks."},
	{"matrix", "An object of lists of texts: `{ jdk = [\"17\", \"21\"] }`, with 16 combinations at most."},
	{"text objects", "An object of texts by name: `{ name = \"…\" }`, known when compiling."},
	{"secrets", "An object of secrets by the name of the environment variable: `{ NAME = secret.NAME }`."},
	{"target options", "An object with the keys that the description names."},
	{"words", "A list of bare words, without quotation marks."},
	{"word", "A bare word, without quotation marks."},
	{"program", "A text, or an object of two: `{ windows = \"…\", other = \"…\" }`."},
	{"default", "A value; `env.NAME` and parameters that stand before it may be in it."},
	{"value", "Any value that is known when compiling."},
	{"condition", "An expression that is true or false, known when compiling."},
	{"type", "`string`, `number`, `bool`, `any`, `list(…)`, `set(…)`, `map(…)`, `object({ name = … })` with `optional(…)` in it, `tuple([…])`."},
	{"agent", "A reference to an agent: `agent.NAME`."},
	{"check", "A reference to a check: `check.NAME`."},
	{"checks", "A list of checks: `[check.NAME]`."},
	{"environment", "A reference to an environment: `environment.NAME`."},
	{"environments", "A list of environments, in order: `[environment.NAME]`."},
	{"group", "A reference to a group: `group.NAME`."},
	{"groups", "A list of groups: `[group.NAME]`."},
}

var (
	shells  = []string{"sh", "bash", "cmd", "powershell", "pwsh"}
	Targets = []string{"github", "gitlab", "azure", "jenkins"}
	forges  = []string{"github", "gitlab", "azure", "gitea", "none"}
	schemes = []string{"sequence", "height", "semver", "calendar"}
	tiers   = []string{"development", "staging", "production"}
	modes   = []string{"merge", "ff-only", "cherry-pick", "reapply"}
	systems = []string{"linux", "windows", "macos"}
	Events  = []string{"failure", "waiting", "production", "break_glass"}

	Excluded  = []string{"requester", "authors"}
	Skippable = []string{"approval", "freeze", "hold"}
)

// withRunner adds what build, check, environment and notify have in common;
// they differ in how long they may take.
func withRunner(timeout string, own ...Attribute) []Attribute {
	return append(own,
		Attribute{Name: "agent", Kind: "agent", Fallback: "the hosted Linux agent", Example: "agent.builder", Doc: "The agent that it runs on."},
		Attribute{Name: "shell", Kind: "text", Fallback: "\"sh\", and \"pwsh\" on Windows", Example: `"bash"`, Doc: "The shell that reads the commands.", Values: shells},
		Attribute{Name: "env", Kind: "run-time texts", Example: `{ VERSION = release.version }`, Doc: "Environment variables of the commands."},
		Attribute{Name: "secrets", Kind: "secrets", Example: `{ DEPLOY_TOKEN = secret.deploy_token }`, Doc: "Environment variables that carry secrets."},
		Attribute{Name: "timeout", Kind: "duration", Fallback: timeout, Example: `"45m"`, Stronger: Falls, Doc: "How long it may take."},
	)
}

// Root is the language.
var Root = withLocks(&Block{Blocks: []*Block{
	PolicyBlock, UseBlock, variableBlock, localsBlock, commandBlock, namesBlock, agentBlock, groupBlock, secretBlock, buildBlock, CheckBlock, EnvironmentBlock,
	deliveryBlock, mergeRequestBlock, scheduleBlock, hotfixBlock, redeployBlock, notifyBlock, committerBlock, freezeBlock, ruleBlock, lintBlock, breakGlassBlock,
}})

// withLocks lets every block inside another one say what is locked in it.
func withLocks(b *Block) *Block {
	for _, c := range b.Blocks {
		if c.Free {
			continue
		}
		c.Attributes = append(c.Attributes, Attribute{
			Name: "locked", Kind: "lock", Example: "true", Doc: "What those who extend this policy may make stronger, and never weaker.",
		})
		withLocks(c)
	}
	return b
}

// Reserved are words of the language that this version does not know yet.
var Reserved = map[string]bool{
	"prepare": true, "soak": true, "on_failure": true,
}

// Each calls a function for every block inside one, at any depth, with its path.
func (b *Block) Each(f func(path string, b *Block)) { b.eachBelow("", f) }

func (b *Block) eachBelow(path string, f func(path string, b *Block)) {
	for _, c := range b.Blocks {
		p := c.Name
		if path != "" {
			p = path + "." + c.Name
		}
		f(p, c)
		c.eachBelow(p, f)
	}
}

func (b *Block) Attribute(name string) *Attribute {
	for i := range b.Attributes {
		if b.Attributes[i].Name == name {
			return &b.Attributes[i]
		}
	}
	return nil
}

func (b *Block) Block(name string) *Block {
	for _, c := range b.Blocks {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// LibraryRoot is the language of a library. It has no variables: what differs
// from policy to policy is a parameter.
var LibraryRoot = &Block{Blocks: []*Block{UseBlock, localsBlock, commandBlock}}

// AsWritten are the kinds whose words are the value: nothing is computed.
var AsWritten = []string{"words", "agent", "check", "checks", "environment", "environments", "group", "groups", "secrets", "word"}

func BlockNames(b *Block) []string {
	var out []string
	for _, c := range b.Blocks {
		out = append(out, c.Name)
	}
	return out
}
