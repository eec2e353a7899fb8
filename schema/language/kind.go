package language

// The kinds of attributes: a closed set, each with what its value is, what a text of it
// means in JSON, its JSON schema and its documentation. The decoder reads an attribute
// by the type of the field that it fills.

// Kind is what an attribute takes.
type Kind struct {
	Name, Doc string // in the documentation
	Want      string // what messages say that it takes, where that is more than "a text"
	Form      Form
	Block     string // the type of the blocks that it refers to; "" where it refers to none
	Many      bool   // it refers to a list of them
	Ordered   bool   // whose order means something

	schema func(text Members) Members // of its values, by what a text in them is; nil: it is a text
}

// Form is how a value is written down without variables and locals, and what a text
// of it is in JSON: a template, unless the words themselves are the value.
type Form int

// Most values are computed.
const (
	Computed    Form = iota
	Words            // references and bare words: nothing is computed
	Source           // what it means is known later, or never: it stays as it is written
	NamePattern      // a template with ${version} in it, which stands for whatever version the name is for
	Command          // computed; a list in a list is one list
)

// Expression tells whether a text of JSON is an expression, and no template.
func (k *Kind) Expression() bool { return k.Form == Words || k.Form == Source }

// kinds are all of them, in the order of the reference.
var kinds = []*Kind{
	kindText, kindTexts, kindNumber, kindDuration, kindCron, kindMoment, kindGlob, kindNative, kindImage, kindGlobs, kindArtifact,
	kindRelativePath, kindLock, kindPattern, kindNamePattern, kindName, kindBranches, kindCommand, kindRunTexts, kindBool, kindMatrix,
	kindTextObject, kindSecrets, kindOptions, kindWords, kindWord, kindProgram, kindDefault, Any, kindCondition, kindType, kindAgent, kindCheck,
	kindChecks, kindEnvironment, kindEnvironments, kindGroup, kindGroups,
}

var (
	kindText         = &Kind{Name: "text", Doc: "A text in quotation marks, known when compiling: variables, locals and functions may be in it."}
	kindTexts        = &Kind{Name: "texts", Doc: "A list of texts, known when compiling.", schema: manyTexts}
	kindNumber       = &Kind{Name: "number", Doc: "A whole number from 1 to 6.", schema: numberSchema}
	kindDuration     = &Kind{Name: "duration", Doc: "A text: a number above zero with `m`, `h` or `d`, 30 days at most.", Want: `a text with a unit, such as "30m"`, schema: durationSchema}
	kindCron         = &Kind{Name: "cron", Doc: "A text of five fields, separated by blanks: minute, hour, day of the month, month, day of the week (0 is Sunday). Each is `*`, or numbers with `-` for a range, `/` for a step and `,` between several."}
	kindMoment       = &Kind{Name: "moment", Doc: "A text: a day, `2026-12-19`, or a day and a time, `2026-12-19T18:00`, by the clocks of the time zone."}
	kindGlob         = &Kind{Name: "glob", Doc: "A text with `*` for a part of a name and `**` for any folders; relative to the repository."}
	kindNative       = &Kind{Name: "native", Doc: "A text in the language of the system, known when compiling. For `${` write `$${`."}
	kindImage        = &Kind{Name: "image", Doc: "A text: the name of a container image, with its digest."}
	kindGlobs        = &Kind{Name: "globs", Doc: "A list of globs.", schema: manyTexts}
	kindArtifact     = &Kind{Name: "artifact", Doc: "A path relative to the repository (of a folder with a slash at its end), with slashes and without `..`; or `image(\"REPOSITORY\", \"FILE\")`: the repository of an image in a registry, and the path of the file to which the build writes the digest, `sha256:…`."}
	kindRelativePath = &Kind{Name: "relative path", Doc: "A text without variables: the relative path from this file's folder to a file or a directory of the repository."}
	kindLock         = &Kind{Name: "lock", Doc: "`true` for the whole block, or a list of bare words: attributes of the block, and types of the blocks in it.", Form: Words, schema: lockSchema}
	kindPattern      = &Kind{Name: "regular expression", Doc: "A text that every `grep -E` understands; it must match the whole."}
	kindNamePattern  = &Kind{Name: "name pattern", Doc: "A text that holds `${version}` once.", Form: NamePattern}
	kindName         = &Kind{Name: "name", Doc: "A text that git and every host take as the name of a branch."}
	kindBranches     = &Kind{Name: "branches", Doc: "The name of a branch with one star in it, which crosses no folder."}
	kindCommand      = &Kind{Name: "command", Doc: "What a shell runs: a text, or a list of them, run in order. Run-time values may be in it. `script(\"ci/test.sh\")` is a command that is a file of the repository, which the shell of the block runs.", Form: Command, schema: commandSchema}
	kindRunTexts     = &Kind{Name: "run-time texts", Doc: "An object of texts by name: `{ NAME = \"…\" }`. Run-time values may be in them.", schema: objectSchema}
	kindBool         = &Kind{Name: "true or false", Doc: "`true` or `false`, without quotation marks.", schema: boolSchema}
	kindMatrix       = &Kind{Name: "matrix", Doc: "An object of lists of texts: `{ jdk = [\"17\", \"21\"] }`, with 16 combinations at most.", schema: matrixSchema}
	kindTextObject   = &Kind{Name: "text objects", Doc: "An object of texts by name: `{ name = \"…\" }`, known when compiling.", schema: objectSchema}
	kindSecrets      = &Kind{Name: "secrets", Doc: "An object of secrets by the name of the environment variable: `{ NAME = secret.NAME }`.", Form: Words, schema: secretsSchema}
	kindOptions      = &Kind{Name: "target options", Doc: "An object with the keys that the description names.", schema: optionsSchema}
	kindWords        = &Kind{Name: "words", Doc: "A list of bare words, without quotation marks.", Form: Words, schema: manyTexts}
	kindWord         = &Kind{Name: "word", Doc: "A bare word, without quotation marks.", Form: Words}
	kindProgram      = &Kind{Name: "program", Doc: "A text, or an object of two: `{ windows = \"…\", other = \"…\" }`.", schema: programSchema}
	kindDefault      = &Kind{Name: "default", Doc: "A value; `env.NAME` and parameters that stand before it may be in it.", schema: anySchema}
	// Any is also what an attribute of a free block takes.
	Any           = &Kind{Name: "value", Doc: "Any value that is known when compiling.", schema: anySchema}
	kindCondition = &Kind{Name: "condition", Doc: "An expression that is true or false, known when compiling.", Form: Source}
	kindType      = &Kind{Name: "type", Doc: "`string`, `number`, `bool`, `any`, `list(…)`, `set(…)`, `map(…)`, `object({ name = … })` with `optional(…)` in it, `tuple([…])`.", Form: Source}

	kindAgent        = &Kind{Name: "agent", Doc: "A reference to an agent: `agent.NAME`.", Form: Words, Block: "agent"}
	kindCheck        = &Kind{Name: "check", Doc: "A reference to a check: `check.NAME`.", Form: Words, Block: "check"}
	kindChecks       = &Kind{Name: "checks", Doc: "A list of checks: `[check.NAME]`.", Form: Words, Block: "check", Many: true}
	kindEnvironment  = &Kind{Name: "environment", Doc: "A reference to an environment: `environment.NAME`.", Form: Words, Block: "environment"}
	kindEnvironments = &Kind{Name: "environments", Doc: "A list of environments, in order: `[environment.NAME]`.", Form: Words, Block: "environment", Many: true, Ordered: true}
	kindGroup        = &Kind{Name: "group", Doc: "A reference to a group: `group.NAME`.", Form: Words, Block: "group"}
	kindGroups       = &Kind{Name: "groups", Doc: "A list of groups: `[group.NAME]`.", Form: Words, Block: "group", Many: true}
)
