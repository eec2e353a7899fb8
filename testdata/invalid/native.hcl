# The whole policy.
policy "p" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "c0" {
  run = "make"
  native "github" {
    steps = "uses: x" # want "Native part that cannot stand here: .*no list"
  }
}
check "c1" {
  run = "make"
  native "github" {
    steps = "- echo" # want "Native part that cannot stand here: .*a step is an object"
  }
}
check "c2" {
  run = "make"
  native "github" {
    steps = "- run: x\n  needs: y" # want "Native part that cannot stand here: .*no key \"needs\""
  }
}
check "c3" {
  run = "make"
  native "github" {
    steps = "- run: x\n  id: token" # want "Native part that cannot stand here: .*id \"token\""
  }
}
check "c31" {
  run = "make"
  native "github" {
    steps = "- run: x\n  id: Pack" # want "Native part that cannot stand here: .*id \"Pack\""
  }
}
check "c32" {
  run = "make"
  native "azure" {
    steps = "- bash: x\n  name: own\n- bash: y\n  name: own" # want "Native part that cannot stand here: .*name \"own\""
  }
}
check "c4" {
  run = "make"
  native "github" {
    steps = "- run: &a x" # want "Native part that cannot stand here: .*an anchor"
  }
}
check "c5" {
  run = "make"
  native "github" {
    steps = "- run: x\n---\n- run: y" # want "Native part that cannot stand here: .*more than one document"
  }
}
check "c6" {
  run = "make"
  native "github" {
    steps = "- run: [x" # want "Native part that cannot stand here: .*"
  }
}
check "c50" {
  run = "make"
  native "jenkins" {
    steps = "withToken('Mine', 'git push')" # want "Native part that cannot stand here: .*\"withToken\" reaches beyond this stage"
  }
}
check "c7" {
  run = "make"
  native "github" {
    steps = "- run: $${{ secrets.FETTLE_APP_PRIVATE_KEY }}" # want "Native part that cannot stand here: .*FETTLE_APP_PRIVATE_KEY"
  }
}
check "c71" {
  run = "make"
  native "github" {
    steps = "- run: $${{ steps.Token.outputs.token }}" # want "Native part that cannot stand here: .*may read the token that pushes"
  }
}
check "c72" {
  run = "make"
  native "github" {
    steps = "- run: $${{ toJSON(secrets) }}" # want "Native part that cannot stand here: .*may read the token that pushes"
  }
}
check "c73" {
  run = "make"
  native "azure" {
    steps = "- bash: x\n  env: { TOKEN: $(system.accessToken) }" # want "Native part that cannot stand here: .*System.AccessToken"
  }
}
check "c74" {
  run = "make"
  native "gitlab" {
    steps = "- echo \"$fettle_aside_fettle_token\"" # want "Native part that cannot stand here: .*for the operations alone"
  }
}
check "c8" {
  run = "make"
  native "github" {
    keys = "if: always()" # want "Native key that is refused: .*\"if\".*Allowed: services"
  }
}
check "c9" {
  run = "make"
  native "github" {
    keys = "continue-on-error: true" # want "Native key that is refused: .*"
  }
}
check "c10" {
  run = "make"
  native "github" {
    keys = "defaults: { run: { shell: \"true {0}\" } }" # want "Native key that is refused: .*"
  }
}
check "c11" {
  run = "make"
  native "github" {
    keys = "[a]" # want "Native part that cannot stand here: .*no object"
  }
}
check "c12" {
  run = "make"
  native "gitlab" {
    steps = "- run: x" # want "Native part that cannot stand here: .*a text"
  }
}
check "c13" {
  run = "make"
  native "gitlab" {
    keys = "rules: [{ when: always }]" # want "Native key that is refused: .*"
  }
}
check "c14" {
  run = "make"
  native "gitlab" {
    keys = "allow_failure: true" # want "Native key that is refused: .*"
  }
}
check "c15" {
  run = "make"
  native "azure" {
    steps = "- $${{ if true }}:\n  - bash: x" # want "Native part that cannot stand here: .*could make any"
  }
}
check "c16" {
  run = "make"
  native "azure" {
    steps = "- checkout: other" # want "Native part that cannot stand here: .*a second checkout"
  }
}
check "c17" {
  run = "make"
  native "azure" {
    steps = "- x" # want "Native part that cannot stand here: .*a step is an object"
  }
}
check "c18" {
  run = "make"
  native "azure" {
    keys = "condition: always()" # want "Native key that is refused: .*"
  }
}
check "c19" {
  run = "make"
  native "jenkins" {
    keys = "when: x" # want "Native part that cannot stand here: .*write steps"
  }
}
check "c20" {
  run = "make"
  native "jenkins" {
    steps = "}\nstage('x') {" # want "Native part that cannot stand here: .*closes what it did not open"
  }
}
check "c21" {
  run = "make"
  native "jenkins" {
    steps = "script { echo 'x'" # want "Native part that cannot stand here: .*is not closed"
  }
}
check "c22" {
  run = "make"
  native "jenkins" {
    steps = "input 'go?'" # want "Native part that cannot stand here: .*beyond this stage"
  }
}
check "c23" {
  run = "make"
  native "jenkins" {
    steps = "script { env.RELEASE_COMMIT = 'x' }" # want "Native part that cannot stand here: .*beyond this stage"
  }
}
check "c24" {
  run = "make"
  native "jenkins" {
    steps = "echo \"$${a('}')}\"" # want "Native part that cannot stand here: .*more than the name"
  }
}
check "c25" {
  run = "make"
  native "jenkins" {
    steps = "echo /x/" # want "Native part that cannot stand here: .*a slash"
  }
}
check "c26" {
  run = "make"
  native "jenkins" {
    steps = "/* x */" # want "Native part that cannot stand here: .*a comment over"
  }
}
check "c27" {
  run = "make"
  native "jenkins" {
    steps = "echo 'x" # want "Native part that cannot stand here: .*no end"
  }
}
check "c28" {
  run = "make"
  native "jenkins" {
    steps = "echo 'x\ny'" # want "Native part that cannot stand here: .*ends on its line"
  }
}
check "c29" {
  run = "make"
  native "jenkins" {
    steps = "\\u007d" # want "Native part that cannot stand here: .*any sign"
  }
}
check "c30" {
  run = "make"
  native "jenkins" {
    steps = "withCredentials([string(credentialsId: 'fettle', variable: 'X')]) { sh 'x' }" # want "Native part that cannot stand here: .*credential that may push"
  }
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.c0, check.c1, check.c2, check.c3, check.c4, check.c5, check.c6, check.c50, check.c7, check.c71, check.c72, check.c73, check.c74, check.c8, check.c9, check.c10, check.c11, check.c12, check.c13, check.c14, check.c15, check.c16, check.c17, check.c18, check.c19, check.c20, check.c21, check.c22, check.c23, check.c24, check.c25, check.c26, check.c27, check.c28, check.c29, check.c30, check.c31, check.c32]
  environments = [environment.production]
}

# ---
check "smoke" {
  run = "./smoke.sh"
  native "github" { steps = "- run: x" }
}
check "other" {
  run = "make"
  native "gitlab" { steps = "- x" } # want "Option of a system that is not a target"
  native "githb" { steps = "- x" }  # want "Invalid value: .*Did you mean \"github\""
  native "github" {                 # want "Missing required argument"
  }
}
environment "production" {
  deploy = "./deploy.sh"
  native "github" {
    keys = "services: {}" # want "Native keys of a deployment"
  }
  approval "release" { approvers = [group.managers] }
}

# ---
check "smoke" {
  run = "./smoke.sh"
  native "github" { steps = "- run: x" }
}
check "scan" {
  run = "scan"
  native "github" { steps = "- run: scan login $${{ secrets.SCAN }}" }
}
environment "production" {
  deploy = "./deploy.sh"
  verify = [check.smoke] # want "Native steps between a gate and its deployment"
  approval "release" { approvers = [group.managers] }
}
merge_request { checks = [check.unit, check.scan] } # want "Secrets on a merge request"
