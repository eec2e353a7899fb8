class Options extends Section {
    String lock
    int minutes

    void timestamps() { }
    void skipDefaultCheckout() { }
    void disableRestartFromStage() { }
    void copyArtifactPermission(String projects) { }
    void buildDiscarder(Map rotation) { only(rotation, 'numToKeepStr') }
    Map logRotator(Map m) { m }
    void lock(Map m) { only(m, 'resource'); lock = m.resource }
    void timeout(Map m) {
        only(m, 'time', 'unit')
        if (m.unit != 'MINUTES') throw new Mistake("timeout in ${m.unit}")
        minutes = m.time
    }
}
