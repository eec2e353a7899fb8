const fs = require("fs");
if (process.env["INPUT_CLIENT-ID"] !== "client" || process.env["INPUT_PRIVATE-KEY"] !== "key") {
  console.error("the App's id and key do not arrive");
  process.exit(1);
}
console.log("::add-mask::" + process.env.E2E_TOKEN);
fs.appendFileSync(process.env.GITHUB_OUTPUT, "token=" + process.env.E2E_TOKEN + "\n");
