# …
CANDIDATE_PREFIX=shop-ci- CANDIDATE_SUFFIX=''
# …
LINE_PREFIX=shop-fix/ LINE_SUFFIX=''
PATHS='services/shop/**
shop/*release.hcl
.fettle/shop/**
.github/workflows/shop-*
.gitlab/fettle/shop-*
.azure-pipelines/shop-*
.jenkins/shop-*' # one a line: what belongs to the policy; empty: everything
# …
