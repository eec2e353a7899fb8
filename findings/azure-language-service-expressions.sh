#!/bin/sh
# Tool: azure-pipelines-language-service 0.9.2
# Behaviour: a template expression in a value is accepted for a text, a number or a truth value, however wrong it is (unknown functions, unclosed
#   brackets), and refused for an enumeration, however right. A key that is an expression is skipped, and what is below it is checked.
# Expected: the language service of a language with expressions reads them, or lets them pass everywhere.
# Matters: what it finds nothing wrong with can fail when the pipeline is compiled, and a pool or a strategy that is chosen by a parameter is red in the editor.
# Seen:
#   name: ${{ nofunction( }}      accepted       count: ${{ parameters.x }}   accepted
#   kind: ${{ parameters.x }}     Value is not accepted. Valid values: "one", "two".
#   ${{ if eq(1 }}: / count: x    Incorrect type. Expected "integer".
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund azure-pipelines-language-service@0.9.2 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
cat >it.cjs <<'END'
const service = require("azure-pipelines-language-service");
const { TextDocument } = require("vscode-languageserver-types");
const print = console.log;
console.log = () => {}; // the service prints what it does
const properties = { name: { type: "string" }, count: { type: "integer" }, kind: { enum: ["one", "two"] } };
const schema = { type: "object", additionalProperties: false, properties };
(async () => {
  for (const text of ["name: ${{ nofunction( }}", "count: ${{ parameters.x }}", "kind: ${{ parameters.x }}", "${{ if eq(1 }}:\n  count: x"]) {
    const language = service.getLanguageService(() => Promise.resolve(schema), [], () => Promise.resolve("file:///s.json"), undefined, Promise);
    language.configure({ validate: true });
    const found = await language.doValidation(TextDocument.create("file:///it.yml", "yaml", 1, text + "\n"), service.parse(text + "\n"));
    print(found.map((f) => f.message).join("; ") || "accepted");
  }
})();
END
printed=$(node it.cjs)
echo "$printed"
[ "$printed" = 'accepted
accepted
Value is not accepted. Valid values: "one", "two".
Incorrect type. Expected "integer".' ] || changed "expressions are judged otherwise"

echo "as described"
