# …
COMPONENT=pay-2 # empty: the repository is the policy's own
MAINLINE=lts/pay-2
LEDGER=fettle/ledger
# …
PATHS='services/pay/**
lts/*release.hcl
.fettle/pay-2/**
.github/workflows/pay-2-*
.gitlab/fettle/pay-2-*
.azure-pipelines/pay-2-*
.jenkins/pay-2-*' # one a line: what belongs to the policy; empty: everything
# …
