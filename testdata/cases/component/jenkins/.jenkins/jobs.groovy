// …
// A Job DSL seed. Set REPOSITORY (its address) and CREDENTIALS (what fetches it) in the seed job.
folder('payments')

multibranchPipelineJob('payments/pay-delivery') {
    branchSources {
        branchSource {
            source {
                git {
                    id('payments/pay-delivery')
                    // …
                }
            }
        }
    }
    // …
}

// …
