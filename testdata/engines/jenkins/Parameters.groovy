class Parameters extends Section {
    Map<String, Map> all = [:]

    void string(Map m) { only(m, 'name', 'defaultValue', 'trim', 'description'); all[m.name] = m }
    void choice(Map m) { only(m, 'name', 'choices', 'description'); all[m.name] = m + [defaultValue: m.choices[0]] }
}
