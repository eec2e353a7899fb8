// …
pipelineJob('schedule/schedule-nightly') {
    definition {
        cpsScm {
            scm {
                git {
                    remote { url(REPOSITORY); credentials(CREDENTIALS) }
                    branch('main')
                }
            }
            scriptPath('.jenkins/schedule-nightly.Jenkinsfile')
            lightweight(false)
        }
    }
}

// …
