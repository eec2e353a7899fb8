const { execFileSync } = require("child_process");
const fs = require("fs");
const { call, lockOf } = require("./control.js");

const git = (...args) => execFileSync("git", args, { stdio: ["ignore", "inherit", "inherit"] });

(async () => {
  if (process.env["INPUT_PERSIST-CREDENTIALS"] !== "false") throw new Error("persist-credentials is not switched off");
  const lock = lockOf();
  if (lock) await call("lock?name=" + lock);
  for (const name of fs.readdirSync(".")) fs.rmSync(name, { recursive: true, force: true });
  git("init", "--quiet", ".");
  git("remote", "add", "origin", process.env.E2E_REMOTE);
  const commit = process.env.INPUT_REF || process.env.E2E_COMMIT;
  if (process.env["INPUT_FETCH-DEPTH"] === "0") {
    git("fetch", "--quiet", "--tags", "--prune", "origin", "+refs/heads/*:refs/remotes/origin/*");
  } else {
    git("fetch", "--quiet", "--depth=1", "origin", commit);
  }
  git("checkout", "--quiet", "--force", "--detach", commit);
})().catch((e) => { console.error(e); process.exit(1); });
