// …
// A Job DSL seed. Set REPOSITORY (its address) and CREDENTIALS (what fetches it) in the seed job.
// Forms and times of schedules are repeated from the Jenkinsfiles: a seed that runs again takes nothing away.
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
