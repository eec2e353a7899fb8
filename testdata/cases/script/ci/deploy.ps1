./deploy.exe $env:RELEASE_VERSION
