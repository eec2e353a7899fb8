agent "a" { container = "Registry/Image:latest" } # want "Not the name of an image"
agent "b" { container = "golang:1.26" }           # want "Image by a name that can be moved: \"golang:1.26\" may"
agent "c" {
  os        = "windows"
  container = "mcr.microsoft.com/windows:ltsc2025" # want "Container of another operating system: .*windows"
}
agent "d" {
  container = "golang@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  gitlab    = { image = "golang:1.26" } # want "One of two"
}
check "a" {
  run   = "make"
  agent = agent.a
}
check "b" {
  run   = "make"
  agent = agent.b
}
check "c" {
  run   = "make"
  agent = agent.c
}
check "d" {
  run   = "make"
  agent = agent.d
}

# ---
agent "operations" {
  container = "debian@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" # want "Operations in a container"
}
