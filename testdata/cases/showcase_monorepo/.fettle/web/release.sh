# …
COMPONENT=web # empty: the repository is the policy's own
# …
PATHS='services/web/**
web/*release.hcl
.fettle/web/**
.github/workflows/web-*
.gitlab/fettle/web-*
.azure-pipelines/web-*
.jenkins/web-*' # one a line: what belongs to the policy; empty: everything
# …
