// …
multibranchPipelineJob('request/merge-request') {
    branchSources {
        branchSource {
            source {
                git {
                    id('request/merge-request')
                    remote(REPOSITORY)
                    credentialsId(CREDENTIALS)
                    traits {
                        gitBranchDiscovery() // tags are results, and start nothing
                        headWildcardFilter {
                            includes('*')
                            excludes('')
                        }
                        // Containment needs the whole history, and the script of the mainline must be there.
                        refSpecs { templates { refSpecTemplate { value('+refs/heads/*:refs/remotes/@{remote}/*') } } }
                        cloneOption { extension { shallow(false) noTags(false) reference('') timeout(30) } }
                    }
                }
            }
        }
    }
    factory { workflowBranchProjectFactory { scriptPath('.jenkins/merge-request.Jenkinsfile') } }
    orphanedItemStrategy { discardOldItems { numToKeep(20) } } // of branches that are gone; never one with a build that is kept, as those with an artifact are
}
