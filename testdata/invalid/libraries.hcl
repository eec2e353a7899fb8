use "mettleci" { source = "builtin:mettleci" }
agent "windows" {
  os       = "windows"
  provides = ["IISDOMAINNAME", "IISENGINENAME", "IISUSERNAME", "AGENTMETTLEHOME"]
}
secret "iis" {}
locals {
  flags  = { rules = "r", assets = "a", reprot = "x" }
  within = "echo ${mettleci::compliance_test({ rules = "r" })}" # want "mettleci::compliance_test\(\) gives whole commands, which cannot be part of a text"
  listed = [for c in mettleci::compliance_test({ rules = "r" }) : c] # want "mettleci::compliance_test\(\) gives commands, and they stand only where"
}
check "option" {
  run = mettleci::compliance_test({ rules = "r", includetags = ["a"] }) # want "mettleci::compliance_test takes no \"includetags\". Did you mean \"include_tags\"\?"
}
check "meant" {
  run = mettleci::compliance_test({ ruels = "r" }) # want "takes no \"ruels\". Did you mean \"rules\"\?"
}
check "missing" {
  run = mettleci::compliance_test({ assets = "a" }) # want "mettleci::compliance_test needs \"rules\". Folder of the rules."
}
check "kind" {
  run = mettleci::compliance_test({ rules = ["r"] }) # want "\"rules\" is a text, and this is a list"
}
check "later" {
  run = mettleci::compliance_test({ rules = "r", junit = release.version }) # want "\"junit\" is true or false, and this is release.version, a text that is known only"
}
check "element" {
  run = mettleci::compliance_test({ rules = "r", include_tags = [1] }) # want "\"include_tags\" is a list of texts, and this is a number"
}
check "command" {
  run = mettleci::complaince_test({ rules = "r" }) # want "The library \"mettleci\" has no command \"complaince_test\". Did you mean \"compliance_test\"\?"
}
check "library" {
  run = metleci::compliance_test({ rules = "r" }) # want "No library is called \"metleci\" here. Did you mean \"mettleci\"\?"
}
check "used" {
  run = docker::build({ tag = "x" }) # want "No library is called \"docker\" here. Write: use \"docker\" \{"
}
check "object" {
  run = mettleci::compliance_test("r") # want "A command takes one object with its values: write mettleci::compliance_test\(\{ rules = … \}\)"
}
check "local" {
  run = mettleci::compliance_test(local.flags) # want "takes no \"reprot\". Did you mean \"report\"\?"
}
check "function" {
  run = upper(mettleci::compliance_test({ rules = "r" })) # want "mettleci::compliance_test\(\) gives commands, and they stand only where"
}
check "twice" {
  run = mettleci::compliance_test({ rules = "r", rules = "s" }) # want "\"rules\" is defined twice"
}
check "own" {
  run = command::nothing({}) # want "The policy has no command \"nothing\""
}
environment "production" {
  agent   = agent.windows
  secrets = { IISPASSWORD = secret.iis }
  url     = mettleci::set_branch({ project = "p", branch = "b" }) # want "gives commands, and they stand only where a command may stand"
  deploy = [
    mettleci::datastage_compile({ project = "p", include_server_routines = "yes" }), # want "\"yes\" is not something that \"include_server_routines\" can be"
    mettleci::datastage_compile({ project = "p", password = "hunter2" }),            # want "\"password\" carries a secret, which belongs in no policy"
    mettleci::datastage_compile({ project = "p", password = release.version }),      # want "\"password\" carries a secret, which belongs in no policy"
    mettleci::datastage_deploy({ project = "p", threads = "8" }),                    # want "\"threads\" is a number, and this is a text"
    mettleci::datastage_deploy({ project = "p", assets = "" }),                      # want "\"assets\" is empty"
    mettleci::datastage_deploy({ project = "p", assets = "${env}" }),                # want "Write env.NAME, with the name of an environment variable"
  ]
}

# ---
# The whole policy.
# What a call asks of the block is not there.
policy "p" { targets = ["github"] }
use "mettleci" { source = "builtin:mettleci" }
use "idle" { source = "builtin:mettleci" } # want "The library \"idle\" is defined, but no command of it is called"
secret "iis" {}
agent "windows" {
  os       = "windows"
  provides = ["IISDOMAINNAME", "IISENGINENAME", "IISUSERNAME", "AGENTMETTLEHOME"]
}
command "idle" { run = "true" } # want "The command \"idle\" is defined, but nothing calls it"
check "linux" {
  secrets = { IISPASSWORD = secret.iis }
  env     = { IISDOMAINNAME = "d", IISENGINENAME = "e", IISUSERNAME = "u" }
  run     = mettleci::datastage_compile({ project = "p" }) # want "mettleci::datastage_compile runs on windows only, and check \"linux\" runs on linux here"
}
check "secret" {
  agent = agent.windows
  run   = mettleci::unittest_test({ project = "p" }) # want "mettleci::unittest_test reads the secret IISPASSWORD, and check \"secret\" does not receive it"
}
check "plain" {
  agent = agent.windows
  env   = { IISPASSWORD = "hunter2" }
  run   = mettleci::unittest_test({ project = "p" }) # want "reads the secret IISPASSWORD, and check \"plain\" has it in `env`"
}
check "own_name" {
  agent = agent.windows
  run   = mettleci::unittest_test({ project = "p", password = env.OTHER }) # want "reads the secret OTHER, and check \"own_name\" does not receive it"
}
check "variable" {
  secrets = { IISPASSWORD = secret.iis }
  env     = { IISDOMAINNAME = "d", IISENGINENAME = "e" }
  run     = mettleci::unittest_test({ project = "p" }) # want "reads the environment variable IISUSERNAME, and check \"variable\" does not receive it"
}
check "cmd" {
  agent = agent.windows
  shell = "cmd"
  run   = mettleci::compliance_test({ rules = "100%" }) # want "cmd has no way to quote"
}
check "shell" {
  shell = "pwsh"
  run   = command::loop({}) # want "command::loop is written for bash, sh, and the shell of check \"shell\" is pwsh"
}
command "loop" {
  shells = ["sh", "bash"]
  run    = "for f in *; do ./x \"$f\"; done"
}
check "within" {
  env = { HOME_OF = "${env.HOME}/x" } # want "so env.HOME has no value there"
  run = "true"
}
environment "production" {
  agent   = agent.windows
  secrets = { IISPASSWORD = secret.iis }
  deploy  = mettleci::deploy({ project = "p" })
  approval "release" { approvers = [group.g] }
}
group "g" { github = "a/b" }
delivery {
  checks       = [check.linux, check.secret, check.plain, check.own_name, check.variable, check.cmd, check.shell, check.within]
  environments = [environment.production]
}

# ---
# A login has its token on every target, or is told where it has none.
policy "shop" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
use "cloud" { source = "builtin:cloud" }
secret "token" {}
check "none" {
  run = cloud::id_token({ audience = "x" }) # want "check \"none\" has none on azure, github, gitlab, jenkins. Write github = { id_token = true }; gitlab = { id_tokens = { ID_TOKEN = \"AUDIENCE\" } }; for azure there is none.*; for jenkins secrets = { ID_TOKEN = secret.NAME }"
}
check "half" {
  run    = cloud::id_token({ audience = "x" }) # want "check \"half\" has none on azure, gitlab, jenkins"
  github = { id_token = true }
  gitlab = { id_tokens = { OTHER_TOKEN = "x" } }
}
check "secret" {
  run     = cloud::id_token({ audience = "x" })
  secrets = { ID_TOKEN = secret.token }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit, check.none, check.half, check.secret]
  environments = [environment.production]
}
merge_request {
  checks = []
}

# ---
# Definitions that are wrong, each told once and where it stands.
use "nowhere" { source = "builtin:metleci" } # want "No library \"metleci\" comes with fettle. Did you mean \"mettleci\"\?"
use "outside" { source = "../../../x.release.hcl" } # want "leads out of the repository"
use "command" { source = "builtin:mettleci" }    # want "command::NAME calls what this policy defines itself"
command "typo" {
  parameter "name" { required = true }
  run = "echo ${parameter.nmae}" # want "There is no parameter \"nmae\". Did you mean \"name\"\?"
}
command "unasked" {
  run = "curl ${env.TOKEN}" # want "The command \"unasked\" reads env.TOKEN and does not say that it needs it"
}
command "tool" {
  run = "${program} x" # want "The command \"tool\" has no `program`"
}
command "kinds" {
  parameter "a" { type = text } # want "\"text\" is not something that \"type\" can be"
  parameter "b" {
    required = true
    default  = "b" # want "\"required\" and \"default\" exclude each other"
  }
  parameter "c" { required = "yes" } # want "\"required\" is true or false, and this is a text"
  parameter "d" { type = "list" }    # want "\"type\" is a bare word"
  parameter "e" { type = list }      # want "There are: bool, list\(string\), number, string"
  program = ["x"] # want "\"program\" is a text, or"
  run     = "true"
}
command "ping" { run = command::pong({}) }
command "pong" { run = command::ping({}) } # want "command.ping → command.pong → command.ping"
command "never" { run = [] }
check "calls" {
  run = [command::typo({ name = "x" }), command::unasked({}), command::tool({}), command::kinds({}), command::ping({}), nowhere::x({}), command::never({})] # want "With these values command::never comes to no command"
}
