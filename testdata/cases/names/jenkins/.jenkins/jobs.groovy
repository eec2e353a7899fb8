// …
multibranchPipelineJob('names/hotfix') {
    branchSources {
        branchSource {
            source {
                git {
                    // …
                    traits {
                        // …
                        headWildcardFilter {
                            includes('hotfix/hf.*')
                            excludes('')
                        }
                        // …
                    }
                }
            }
        }
    }
    // …
}

// …
