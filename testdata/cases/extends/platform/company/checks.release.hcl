check "licences" {
  run = "licences --strict"
}
