// …
pipelineJob('glass/break-glass') {
    parameters {
        choiceParam('GLASS_ENVIRONMENT', ['production'], 'BREAK GLASS: where to deploy past the gates')
        stringParam {
            name('GLASS_VERSION')
            defaultValue('')
            trim(true)
            description('The version, which is a candidate')
        }
        stringParam {
            name('GLASS_INCIDENT')
            defaultValue('')
            trim(true)
            description('The incident')
        }
        stringParam {
            name('RELEASE_REASON')
            defaultValue('')
            trim(true)
            description('Why')
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
            scriptPath('.jenkins/break-glass.Jenkinsfile')
            lightweight(false)
        }
    }
    // As disableRestartFromStage() in the file: it is kept with the project, and no stage of an earlier build may start alone meanwhile.
    configure { it / 'actions' / 'org.jenkinsci.plugins.pipeline.modeldefinition.actions.DisableRestartFromStageAction' }
}

// …
