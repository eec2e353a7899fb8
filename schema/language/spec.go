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
	Kind     *Kind // what it takes
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

var (
	shells  = []string{"sh", "bash", "cmd", "powershell", "pwsh"}
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
		Attribute{Name: "agent", Kind: kindAgent, Fallback: "the hosted Linux agent", Example: "agent.builder", Doc: "The agent that it runs on."},
		Attribute{Name: "shell", Kind: kindText, Fallback: "\"sh\", and \"pwsh\" on Windows", Example: `"bash"`, Doc: "The shell that reads the commands.", Values: shells},
		Attribute{Name: "env", Kind: kindRunTexts, Example: `{ VERSION = release.version }`, Doc: "Environment variables of the commands."},
		Attribute{Name: "secrets", Kind: kindSecrets, Example: `{ DEPLOY_TOKEN = secret.deploy_token }`, Doc: "Environment variables that carry secrets."},
		Attribute{Name: "timeout", Kind: kindDuration, Fallback: timeout, Example: `"45m"`, Stronger: Falls, Doc: "How long it may take."},
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
			Name: "locked", Kind: kindLock, Example: "true", Doc: "What those who extend this policy may make stronger, and never weaker.",
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

func BlockNames(b *Block) []string {
	var out []string
	for _, c := range b.Blocks {
		out = append(out, c.Name)
	}
	return out
}
