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
    // As disableRestartFromStage() in the file: it is kept with the project, and no stage of an earlier build may start alone meanwhile.
    configure { it / 'actions' / 'org.jenkinsci.plugins.pipeline.modeldefinition.actions.DisableRestartFromStageAction' }
}

// …
