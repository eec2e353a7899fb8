// …
pipelineJob('glass/break-glass') {
    definition {
        cpsScm {
            scm {
                git {
                    remote { url(REPOSITORY); credentials(CREDENTIALS) }
                    branch('main')
                }
            }
            scriptPath('.jenkins/break-glass.Jenkinsfile')
            lightweight(false)
        }
    }
}

// …
