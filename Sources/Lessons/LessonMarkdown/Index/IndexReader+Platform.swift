import Diagnostics
import Lessons

/// What `index.json` says about the screen that a lesson is read on.
extension IndexReader {
    /// Where a page's object names its files.
    func scriptOffsets(of page: IndexValue, _ scripts: PageScripts) -> [PageScripts.Kind: Int] {
        var offsets: [PageScripts.Kind: Int] = [:]
        for kind in PageScripts.Kind.allCases where scripts[kind] != nil {
            let value =
                switch kind {
                case .foreground: given("foreground", of: page) ?? given("code", of: page)
                case .background: given("background", of: page) ?? given("courseData", of: page)
                case .solution: page["lectern"]?["solution"]
                case .verify, .answer, .hint: page[kind.rawValue]
                }
            offsets[kind] = value?.offset
        }
        return offsets
    }

    /// Turns offsets into places, in their order: looking each up alone would take quadratic time in an index of one line.
    func locateScripts(of entries: inout [PageEntry]) {
        var finder = PlaceFinder()
        let offsets = entries.indices.flatMap { index in
            entries[index].scriptOffsets.map { (offset: $0.value, entry: index, kind: $0.key) }
        }
        for (offset, entry, kind) in offsets.sorted(by: { $0.offset < $1.offset }) {
            entries[entry].scripts.places[kind] = finder.place(of: offset, in: source)
        }
    }

    private func given(_ key: String, of page: IndexValue) -> IndexValue? {
        page[key].flatMap { $0.string?.isEmpty == false ? $0 : nil }
    }

    func readScreen(_ environment: IndexValue, into platform: inout ScenarioPlatform) {
        platform.hidesIntro = isTrue(environment["hideintro"])
        platform.hidesFinish = isTrue(environment["hidefinish"])
        for tab in environment["terminals"]?.list ?? [] {
            guard let name = tab["name"]?.string else { continue }
            let command = tab["command"]?.string.map { " and the command '\($0)'" } ?? ""
            platform.notes.append("the terminal tab '\(name)'\(command) of 'environment.terminals' is not opened")
        }
        if environment["uimessage1"]?.string?.isEmpty == false {
            platform.notes.append("the message 'uimessage1' before the first prompt is not shown")
        }
    }

    private func isTrue(_ value: IndexValue?) -> Bool {
        switch value?.content {
        case .bool(let flag): flag
        case .string(let text): text.lowercased() == "true"
        default: false
        }
    }
}
