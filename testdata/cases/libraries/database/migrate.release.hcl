# What a team keeps for its database: an example of a library.
command "migrate" {
  description = "Brings the tables to the newest form, or to another one."
  program     = { windows = "migrate.cmd", other = "migrate" }

  run = "${program} up ${options}"

  parameter "database" {
    description = "Where it is."
    default     = env.DATABASE
    option      = "--database"
  }

  parameter "password" {
    description = "Of the user that may change tables."
    default     = env.DATABASE_PASSWORD
    option      = "--password"
    secret      = true
  }

  parameter "steps" {
    description = "How far; all, unless it says otherwise."
    type        = number
    option      = "--steps"
  }
}
