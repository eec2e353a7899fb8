class Stages extends Section {
    List<Stage> all = []

    void stage(String name, Closure c) { all << read(new Stage(name: name), c) }
}
