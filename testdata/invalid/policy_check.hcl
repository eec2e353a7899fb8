# Where a program comes from is an address without a credential, a version and a checksum.
merge_request {
  policy_check {
    version = "fettle v0.9.0"                                          # want "Not the version of a program: \"fettle v0.9.0\""
    url     = "https://bot:secret@downloads.example.com/fettle.tar.gz" # want "Not the address of a download: .*secret"
    sha256  = "sha256:9f86"                                            # want "Not a checksum: \"sha256:9f86\""
  }
}
