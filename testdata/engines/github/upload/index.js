const fs = require("fs");
const path = require("path");
const dir = path.join(process.env.E2E_STATE, "artifacts", process.env.GITHUB_RUN_ID, process.env.INPUT_NAME);
const found = process.env.INPUT_PATH.split("\n").filter(Boolean).flatMap((p) => {
  if (!p.includes("*")) return fs.existsSync(p) ? [p] : [];
  const folder = path.dirname(p);
  const pattern = new RegExp("^" + path.basename(p).replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*") + "$");
  return fs.existsSync(folder) ? fs.readdirSync(folder).filter((n) => pattern.test(n)).map((n) => path.join(folder, n)) : [];
});
if (found.length === 0 && process.env["INPUT_IF-NO-FILES-FOUND"] === "error") {
  console.error("no files were found: " + process.env.INPUT_PATH);
  process.exit(1);
}
fs.rmSync(dir, { recursive: true, force: true });
fs.mkdirSync(dir, { recursive: true });
for (const f of found) {
  if (fs.statSync(f).isDirectory()) fs.cpSync(f, dir, { recursive: true });
  else fs.copyFileSync(f, path.join(dir, path.basename(f)));
}
