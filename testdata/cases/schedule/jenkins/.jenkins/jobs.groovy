// …
pipelineJob('schedule/schedule-nightly') {
    properties {
        pipelineTriggers {
            triggers {
                cron {
                    spec('TZ=Etc/UTC\n0 3 * * *')
                }
            }
        }
    }
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
