// …
// A Job DSL seed. Set REPOSITORY (its address) and CREDENTIALS (what fetches it) in the seed job.
// Forms and times of schedules are repeated from the Jenkinsfiles: a seed that runs again takes nothing away.
folder('pay-2')

multibranchPipelineJob('pay-2/pay-2-delivery') {
    branchSources {
        branchSource {
            source {
                git {
                    id('pay-2/pay-2-delivery')
                    remote(REPOSITORY)
                    credentialsId(CREDENTIALS)
                    traits {
                        gitBranchDiscovery() // tags are results, and start nothing
                        headWildcardFilter {
                            includes('lts/pay-2')
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
    factory { workflowBranchProjectFactory { scriptPath('.jenkins/pay-2-delivery.Jenkinsfile') } }
    orphanedItemStrategy { discardOldItems { numToKeep(20) } } // of branches that are gone; never one with a build that is kept, as those with an artifact are
}

// …
folder('pay')

// …
folder('shop')

// …
