// Prints what GitHub's own parser says of workflows. Bundled with esbuild first: Node does not load the package as it is.
import fs from "node:fs";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

async function main(files) {
  let found = 0;
  for (const name of files) {
    const result = parseWorkflow({ name, content: fs.readFileSync(name, "utf8") }, new NoOperationTraceWriter());
    const errors = result.context.errors.getErrors().map((e) => e.message);
    if (errors.length === 0) {
      const template = await convertWorkflowTemplate(result.context, result.value);
      errors.push(...(template.errors ?? []).map((e) => e.Message));
    }
    errors.forEach((e) => console.log(`${name}: ${e}`));
    found += errors.length;
  }
  process.exit(found ? 1 : 0);
}

main(process.argv.slice(2));
