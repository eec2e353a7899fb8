# MettleCI's command line for DataStage 11.7, by the names that its pipelines use.
# The connection comes from environment variables, the passwords from secrets.

locals {
  mettleci = { windows = "mettleci.cmd", other = "mettleci" }
}

command "deploy" {
  description = "Deploys a DataStage project: the project, its files on the engine where a properties file says what they hold, and its jobs."
  os          = "windows"

  run = [
    command::datastage_create_project({
      domain   = parameter.domain
      server   = parameter.server
      username = parameter.username
      password = parameter.password
      project  = parameter.project
    }),
    given.properties ? [
      command::properties_config({
        base_dir      = parameter.assets
        file_patterns = parameter.file_patterns
        properties    = parameter.properties
        out_dir       = "config"
      }),
      command::remote_execute({
        host     = parameter.server
        username = parameter.engine_username
        password = parameter.engine_password
        script   = "config/cleanup.sh"
      }),
      command::remote_upload({
        host             = parameter.server
        username         = parameter.engine_username
        password         = parameter.engine_password
        source           = "."
        transfer_pattern = parameter.transfer_pattern
        destination      = parameter.destination
      }),
      command::remote_execute({
        host     = parameter.server
        username = parameter.engine_username
        password = parameter.engine_password
        script   = "config/deploy.sh"
      }),
    ] : [],
    parameter.binary ? [
      command::isx_import({
        domain         = parameter.domain
        server         = parameter.server
        username       = parameter.username
        password       = parameter.password
        project        = parameter.project
        location       = parameter.assets
        project_cache  = "${parameter.project_cache}-binaries"
        threads        = parameter.threads
        parameter_sets = parameter.parameter_sets
      }),
    ] : [],
    parameter.binary ? [] : [
      command::datastage_deploy({
        domain         = parameter.domain
        server         = parameter.server
        username       = parameter.username
        password       = parameter.password
        project        = parameter.project
        assets         = parameter.assets
        project_cache  = parameter.project_cache
        parameter_sets = parameter.parameter_sets
        threads        = parameter.threads
      }),
    ],
  ]

  parameter "project" {
    description = "The DataStage project."
    required    = true
  }

  parameter "assets" {
    description = "Folder of the assets."
    default     = "datastage"
  }

  parameter "properties" {
    description = "File of key=value for this environment; with it the files on the engine are written too."
  }

  parameter "file_patterns" {
    description = "The files that the properties are written into, as Ant patterns."
    type        = list(string)
    default     = ["*.apt", "*.sh", "DSParams"]
  }

  parameter "transfer_pattern" {
    description = "The files that go to the engine, as an Ant pattern."
    default     = "filesystem/**/*,config/*"
  }

  parameter "destination" {
    description = "Folder on the engine that they go to."
    default     = parameter.project
  }

  parameter "parameter_sets" {
    description = "Folder of parameter sets."
  }

  parameter "binary" {
    description = "Imports compiled jobs in place of compiling them; their cache is a folder of its own."
    type        = bool
    default     = false
  }

  parameter "threads" {
    description = "How many jobs are handled at once."
    type        = number
    default     = 1
  }

  parameter "domain" {
    description = "Services tier, as host:port."
    default     = env.IISDOMAINNAME
  }

  parameter "server" {
    description = "Engine tier."
    default     = env.IISENGINENAME
  }

  parameter "username" {
    description = "User of the Information Server."
    default     = env.IISUSERNAME
  }

  parameter "password" {
    description = "Its password."
    default     = env.IISPASSWORD
    secret      = true
  }

  parameter "engine_username" {
    description = "User on the engine, for its files."
    default     = env.MCIUSERNAME
  }

  parameter "engine_password" {
    description = "Its password."
    default     = env.MCIPASSWORD
    secret      = true
  }

  parameter "project_cache" {
    description = "Folder of what the project holds already: one for each project, shared by all agents."
    default     = "${env.AGENTMETTLEHOME}\\cache\\${parameter.server}\\${parameter.project}"
  }
}

command "set_branch" {
  description = "Makes Workbench commit to a branch: what workbench_set_branch does, by its short name."

  run = command::workbench_set_branch({ project = parameter.project, branch = parameter.branch })

  parameter "project" {
    description = "The project that is registered in Workbench."
    required    = true
  }

  parameter "branch" {
    description = "The branch."
    required    = true
  }
}

command "datastage_create_project" {
  description = "Creates a DataStage project, where it is not there yet."
  program     = local.mettleci

  run = "${program} datastage create-project ${options}"

  parameter "domain" {
    description = "Services tier, as host:port."
    default     = env.IISDOMAINNAME
    option      = "-domain"
  }

  parameter "server" {
    description = "Engine tier."
    default     = env.IISENGINENAME
    option      = "-server"
  }

  parameter "username" {
    description = "User of the Information Server."
    default     = env.IISUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password."
    default     = env.IISPASSWORD
    option      = "-password"
    secret      = true
  }

  parameter "project" {
    description = "The DataStage project."
    required    = true
    option      = "-project"
  }

  parameter "path" {
    description = "Folder of the project on the engine."
    option      = "-path"
  }
}

command "datastage_deploy" {
  description = "Deletes, imports and compiles what differs from the project; log/ holds the report mettleci_compilation.xml."
  os          = "windows"
  program     = local.mettleci

  run = "${program} datastage deploy ${options}"

  parameter "domain" {
    description = "Services tier, as host:port."
    default     = env.IISDOMAINNAME
    option      = "-domain"
  }

  parameter "server" {
    description = "Engine tier."
    default     = env.IISENGINENAME
    option      = "-server"
  }

  parameter "username" {
    description = "User of the Information Server."
    default     = env.IISUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password."
    default     = env.IISPASSWORD
    option      = "-password"
    secret      = true
  }

  parameter "project" {
    description = "The DataStage project."
    required    = true
    option      = "-project"
  }

  parameter "assets" {
    description = "Folder of the assets."
    default     = "datastage"
    option      = "-assets"
  }

  parameter "project_cache" {
    description = "Folder of what the project holds already, one for each project."
    default     = "${env.AGENTMETTLEHOME}\\cache\\${parameter.server}\\${parameter.project}"
    option      = "-project-cache"
  }

  parameter "parameter_sets" {
    description = "Folder of parameter sets."
    option      = "-parameter-sets"
  }

  parameter "threads" {
    description = "How many jobs are handled at once."
    type        = number
    option      = "-threads"
  }

  parameter "include_job_in_test_name" {
    description = "Writes the job into the names of the tests in the report."
    type        = bool
    option      = "-include-job-in-test-name"
  }
}

command "datastage_compile" {
  description = "Compiles all jobs of a project."
  os          = "windows"
  program     = local.mettleci

  run = "${program} datastage compile ${options}"

  parameter "domain" {
    description = "Services tier, as host:port."
    default     = env.IISDOMAINNAME
    option      = "-domain"
  }

  parameter "server" {
    description = "Engine tier."
    default     = env.IISENGINENAME
    option      = "-server"
  }

  parameter "username" {
    description = "User of the Information Server."
    default     = env.IISUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password."
    default     = env.IISPASSWORD
    option      = "-password"
    secret      = true
  }

  parameter "project" {
    description = "The DataStage project."
    required    = true
    option      = "-project"
  }

  parameter "include_server_routines" {
    description = "Whether server routines are compiled too."
    values      = ["true", "false"]
    option      = "-include_server_routines"
  }

  parameter "provision_rulesets" {
    description = "Whether rule sets are provisioned."
    values      = ["true", "false"]
    option      = "-provision_rulesets"
  }

  parameter "include_job_in_test_name" {
    description = "Writes the job into the names of the tests in the report."
    type        = bool
    option      = "-include-job-in-test-name"
  }
}

command "isx_import" {
  description = "Imports assets into a project."
  os          = "windows"
  program     = local.mettleci

  run = "${program} isx import ${options}"

  parameter "domain" {
    description = "Services tier, as host:port."
    default     = env.IISDOMAINNAME
    option      = "-domain"
  }

  parameter "server" {
    description = "Engine tier."
    default     = env.IISENGINENAME
    option      = "-server"
  }

  parameter "username" {
    description = "User of the Information Server."
    default     = env.IISUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password."
    default     = env.IISPASSWORD
    option      = "-password"
    secret      = true
  }

  parameter "project" {
    description = "The DataStage project."
    required    = true
    option      = "-project"
  }

  parameter "location" {
    description = "Folder of the assets."
    required    = true
    option      = "-location"
  }

  parameter "project_cache" {
    description = "Folder of what the project holds already, one for each project."
    option      = "-project-cache"
  }

  parameter "threads" {
    description = "How many jobs are handled at once."
    type        = number
    option      = "-threads"
  }

  parameter "parameter_sets" {
    description = "Folder of parameter sets."
    option      = "-parameter-sets"
  }

  parameter "exclude_designs" {
    description = "Leaves the designs of jobs out."
    type        = bool
    option      = "-exclude-designs"
  }

  parameter "whitelist" {
    description = "The only assets that are imported."
    option      = "-whitelist"
  }
}

command "isx_export" {
  description = "Exports the assets of a project."
  os          = "windows"
  program     = local.mettleci

  run = "${program} isx export ${options}"

  parameter "domain" {
    description = "Services tier, as host:port."
    default     = env.IISDOMAINNAME
    option      = "-domain"
  }

  parameter "server" {
    description = "Engine tier."
    default     = env.IISENGINENAME
    option      = "-server"
  }

  parameter "username" {
    description = "User of the Information Server."
    default     = env.IISUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password."
    default     = env.IISPASSWORD
    option      = "-password"
    secret      = true
  }

  parameter "project" {
    description = "The DataStage project."
    required    = true
    option      = "-project"
  }

  parameter "jobname" {
    description = "Regular expression for the names of jobs."
    option      = "-jobname"
  }

  parameter "location" {
    description = "Folder that they are written into."
    option      = "-location"
  }

  parameter "project_cache" {
    description = "Folder of what the project holds already, one for each project."
    option      = "-project-cache"
  }

  parameter "threads" {
    description = "How many jobs are handled at once."
    type        = number
    option      = "-threads"
  }

  parameter "include_binaries" {
    description = "Exports compiled jobs too."
    type        = bool
    option      = "-include-binaries"
  }

  parameter "preview" {
    description = "Says what would be exported, and exports nothing."
    type        = bool
    option      = "-preview"
  }
}

command "properties_config" {
  description = "Writes the values of a properties file and of the environment into files."
  program     = local.mettleci

  run = "${program} properties config ${options}"

  parameter "base_dir" {
    description = "Folder of the files."
    required    = true
    option      = "-baseDir"
  }

  parameter "file_patterns" {
    description = "The files, as Ant patterns."
    type        = list(string)
    option      = "-filePattern"
  }

  parameter "properties" {
    description = "File of key=value."
    required    = true
    option      = "-properties"
  }

  parameter "out_dir" {
    description = "Folder that they are written into."
    required    = true
    option      = "-outDir"
  }
}

command "remote_upload" {
  description = "Copies files to a host."
  program     = local.mettleci

  run = "${program} remote upload ${options}%{if !given.private_key} -password ${parameter.password}%{endif}"

  parameter "host" {
    description = "Host of the engine."
    default     = env.IISENGINENAME
    option      = "-host"
  }

  parameter "port" {
    description = "Port of ssh."
    type        = number
    option      = "-port"
  }

  parameter "username" {
    description = "User on the host."
    default     = env.MCIUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password, where there is no private_key."
    default     = env.MCIPASSWORD
    secret      = true
  }

  parameter "private_key" {
    description = "File of the private key, in place of the password."
    option      = "-privateKey"
  }

  parameter "passphrase" {
    description = "Passphrase of the private key."
    option      = "-passphrase"
    secret      = true
  }

  parameter "source" {
    description = "Folder of the files."
    option      = "-source"
  }

  parameter "transfer_pattern" {
    description = "The files, as an Ant pattern."
    required    = true
    option      = "-transferPattern"
  }

  parameter "destination" {
    description = "Folder on the host."
    required    = true
    option      = "-destination"
  }
}

command "remote_download" {
  description = "Copies files from a host."
  program     = local.mettleci

  run = "${program} remote download ${options}%{if !given.private_key} -password ${parameter.password}%{endif}"

  parameter "host" {
    description = "Host of the engine."
    default     = env.IISENGINENAME
    option      = "-host"
  }

  parameter "port" {
    description = "Port of ssh."
    type        = number
    option      = "-port"
  }

  parameter "username" {
    description = "User on the host."
    default     = env.MCIUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password, where there is no private_key."
    default     = env.MCIPASSWORD
    secret      = true
  }

  parameter "private_key" {
    description = "File of the private key, in place of the password."
    option      = "-privateKey"
  }

  parameter "passphrase" {
    description = "Passphrase of the private key."
    option      = "-passphrase"
    secret      = true
  }

  parameter "source" {
    description = "Folder on the host."
    required    = true
    option      = "-source"
  }

  parameter "transfer_pattern" {
    description = "The files, as an Ant pattern."
    required    = true
    option      = "-transferPattern"
  }

  parameter "destination" {
    description = "Folder that they are written into."
    option      = "-destination"
  }
}

command "remote_execute" {
  description = "Runs a script of the repository on a host."
  program     = local.mettleci

  run = "${program} remote execute ${options}%{if !given.private_key} -password ${parameter.password}%{endif}"

  parameter "host" {
    description = "Host of the engine."
    default     = env.IISENGINENAME
    option      = "-host"
  }

  parameter "port" {
    description = "Port of ssh."
    type        = number
    option      = "-port"
  }

  parameter "username" {
    description = "User on the host."
    default     = env.MCIUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password, where there is no private_key."
    default     = env.MCIPASSWORD
    secret      = true
  }

  parameter "private_key" {
    description = "File of the private key, in place of the password."
    option      = "-privateKey"
  }

  parameter "passphrase" {
    description = "Passphrase of the private key."
    option      = "-passphrase"
    secret      = true
  }

  parameter "script" {
    description = "The script."
    required    = true
    option      = "-script"
  }
}

command "unittest_test" {
  description = "Runs unit tests; a failing test fails the command, and the reports say which."
  program     = local.mettleci

  run = "${program} unittest test ${options}"

  parameter "domain" {
    description = "Services tier, as host:port."
    default     = env.IISDOMAINNAME
    option      = "-domain"
  }

  parameter "server" {
    description = "Engine tier."
    default     = env.IISENGINENAME
    option      = "-server"
  }

  parameter "username" {
    description = "User of the Information Server."
    default     = env.IISUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password."
    default     = env.IISPASSWORD
    option      = "-password"
    secret      = true
  }

  parameter "project" {
    description = "The DataStage project."
    required    = true
    option      = "-project"
  }

  parameter "specs" {
    description = "Folder of the tests."
    default     = "unittest"
    option      = "-specs"
  }

  parameter "reports" {
    description = "Folder of the reports, JUnit."
    default     = "reports"
    option      = "-reports"
  }

  parameter "project_cache" {
    description = "Folder of what the project holds already, one for each project."
    option      = "-project-cache"
  }

  parameter "test_suite" {
    description = "What the test suite is called in the report."
    option      = "-test-suite"
  }

  parameter "threads" {
    description = "How many jobs are handled at once."
    type        = number
    option      = "-threads"
  }

  parameter "ignore_test_failures" {
    description = "Ends well whenever the tests could be carried out; the report says whether they passed."
    type        = bool
    option      = "-ignore-test-failures"
  }
}

command "compliance_test" {
  description = "Checks assets against rules; a broken rule fails the command, and the report says which."
  program     = local.mettleci

  run = "${program} compliance test ${options}"

  parameter "rules" {
    description = "Folder of the rules."
    required    = true
    option      = "-rules"
  }

  parameter "assets" {
    description = "Folder of the assets."
    default     = "datastage"
    option      = "-assets"
  }

  parameter "report" {
    description = "The report."
    default     = "compliance.xml"
    option      = "-report"
  }

  parameter "junit" {
    description = "Writes the report as JUnit."
    type        = bool
    default     = true
    option      = "-junit"
  }

  parameter "include_tags" {
    description = "Only rules with one of these tags."
    type        = list(string)
    option      = "-include-tags"
    separator   = ","
  }

  parameter "exclude_tags" {
    description = "No rules with one of these tags."
    type        = list(string)
    option      = "-exclude-tags"
    separator   = ","
  }

  parameter "project_cache" {
    description = "Folder of what the project holds already, one for each project."
    option      = "-project-cache"
  }

  parameter "test_suite" {
    description = "What the test suite is called in the report."
    option      = "-test-suite"
  }

  parameter "ignore_test_failures" {
    description = "Ends well whenever the tests could be carried out; the report says whether they passed."
    type        = bool
    option      = "-ignore-test-failures"
  }

  parameter "include_job_in_test_name" {
    description = "Writes the job into the names of the tests in the report."
    type        = bool
    option      = "-include-job-in-test-name"
  }
}

command "workbench_set_branch" {
  description = "Makes Workbench commit to a branch."
  program     = local.mettleci

  run = "${program} workbench set-branch ${options}"

  parameter "url" {
    description = "Workbench, as https://host:port."
    default     = env.WORKBENCHURL
    option      = "-url"
  }

  parameter "username" {
    description = "User of the Information Server."
    default     = env.IISUSERNAME
    option      = "-username"
  }

  parameter "password" {
    description = "Its password."
    default     = env.IISPASSWORD
    option      = "-password"
    secret      = true
  }

  parameter "project" {
    description = "The project that is registered in Workbench."
    required    = true
    option      = "-project"
  }

  parameter "branch" {
    description = "The branch."
    required    = true
    option      = "-branch"
  }
}
