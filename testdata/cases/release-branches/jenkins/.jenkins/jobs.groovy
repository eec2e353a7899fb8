// …
multibranchPipelineJob('release-branches/delivery') {
    branchSources {
        branchSource {
            source {
                git {
                    // …
                    traits {
                        // …
                        headWildcardFilter {
                            includes('release/*')
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
