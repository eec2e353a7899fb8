check "unit" {
  run = ["make", # want "has no partner"
}

# ---
check "unit" {
  run = upper("make" # want "has no partner"
}

# ---
check "unit" {
  run = "make # want "Text without an end"
}

# ---
check "unit" {
  run = 'make' # want "Single quotes|Invalid character"
}

# ---
check "unit" {
  run "make" # want "."
}

# ---
delivery {
  checks       = [check.unit]
  environments = [environment.production # want "has no partner"
}

# ---
check "unit" {
  run = "make"
  run = "make" # want "Defined twice: .*run"
}

# ---
check "unit" {
  run = # want "Missing value"
}

# ---
check "unit" {
  run make # want "Equals sign missing: .*run = …"
}

# ---
check "unit" {
  run: "make" # want "Another sign for the equals sign: .*not behind \":\""
}

# ---
check "unit" {
  run == "make" # want "Another sign for the equals sign"
}

# ---
check "unit" { run = "make", timeout = "5m" } # want "Several things in a block on one line"

# ---
check "unit" { run = "make" timeout = "5m" } # want "Several things in a block on one line"

# ---
check "unit" {
  run = "make", # want "Comma between attributes"
  timeout = "5m"
}

# ---
check "unit" {
  run = "make"; # want "Semicolon"
}

# ---
check "unit" {
  run = ["make" "test"] # want "No comma in a list"
}

# ---
check "unit" {
  run = "make"
  env = { A = "b" C = "d" } # want "No comma in an object"
}

# ---
check "unit" {
  run = make test # want "Something behind the value"
}

# ---
check "unit" {
  "run" = "make" # want "Name in quotes"
}

# ---
check "unit" {
  run = “make” # want "Quotes of a word processor"
}

# ---
check "unit" {
  run = `make` # want "Backquote"
}

# ---
check "unit" {
  run = "make ${release.version" # want "has no partner"
}

# ---
check "unit" {
  run = upper("a" "b") # want "No comma between arguments"
}

# ---
check "unit" # want "Opening brace missing"
{
  run = "make"
}

# ---
check "unit" {
  run = "make"
} check "more" {} # want "Two things on one line"

# ---
check = "unit" { # want "Block written as an attribute"
  run = "make"
}

# ---
check "unit" { # want "Block never closed"
  run = "make"

# ---
} # want "Sign that cannot stand here"

# ---
check "unit" {
  run = true ? "a" # want "Half a condition"
}
