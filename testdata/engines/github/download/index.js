const fs = require("fs");
const path = require("path");
const run = process.env["INPUT_RUN-ID"] || process.env.GITHUB_RUN_ID;
const dir = path.join(process.env.E2E_STATE, "artifacts", run, process.env.INPUT_NAME);
if (!fs.existsSync(dir)) {
  console.error("run " + run + " has no artifact " + process.env.INPUT_NAME);
  process.exit(1);
}
fs.mkdirSync(process.env.INPUT_PATH, { recursive: true });
fs.cpSync(dir, process.env.INPUT_PATH, { recursive: true });
