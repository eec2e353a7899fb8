class Agent extends Section {
    boolean isNone
    String label

    void label(String l) { label = l }
}
