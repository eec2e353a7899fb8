class When extends Section {
    boolean optionsFirst, inputFirst, agentFirst
    Map environment

    void beforeOptions(boolean b) { optionsFirst = b }
    void beforeInput(boolean b) { inputFirst = b }
    void beforeAgent(boolean b) { agentFirst = b }
    void environment(Map m) { only(m, 'name', 'value'); environment = m }

    boolean holds(Build build) { build.lookup(environment.name) == environment.value }
}
