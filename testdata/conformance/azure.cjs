// Prints what Azure's own language service says of pipelines: node azure.cjs SCHEMA FILE…
const fs = require("fs");
const service = require("azure-pipelines-language-service");
const { TextDocument } = require("vscode-languageserver-types");

async function main(schemaFile, files) {
  const schema = JSON.parse(fs.readFileSync(schemaFile, "utf8"));
  // The published schema takes target at every step but a task, where the documentation of steps.task and the service take it too:
  // microsoft/azure-pipelines-vscode issue 479. What may stand in it is checked as for the others.
  schema.definitions.task.properties.target ??= schema.definitions.taskBase.properties.target;
  const ls = service.getLanguageService(() => Promise.resolve(schema), [], () => Promise.resolve("file:///schema.json"), undefined, Promise);
  ls.configure({ validate: true });
  let found = 0;
  for (const f of files) {
    const doc = TextDocument.create("file:///" + f, "yaml", 1, fs.readFileSync(f, "utf8"));
    for (const d of await ls.doValidation(doc, service.parse(doc.getText()))) {
      found++;
      console.log(`${f}:${d.range.start.line + 1}:${d.range.start.character + 1}: ${d.message}`);
    }
  }
  process.exit(found ? 1 : 0);
}

console.log = ((print) => (line) => /^(getSchemaForResource|resource:|this\.|loadSchema)/.test(line) || print(line))(console.log); // it talks while it works
main(process.argv[2], process.argv.slice(3));
