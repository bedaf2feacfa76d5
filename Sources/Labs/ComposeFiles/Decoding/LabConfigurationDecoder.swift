import Diagnostics
import HostFiles

/// Decodes the top-level `x-lectern`; unlike elsewhere in Compose, an unknown member is always an error.
struct LabConfigurationDecoder {
    let context: ReadingContext

    func decode(_ value: Value) throws -> LabConfiguration {
        var fields = try value.fields(of: "the top-level 'x-lectern'")
        var configuration = LabConfiguration()
        configuration.asksForInternet = try fields.take("internet")?.bool() ?? false
        configuration.seeder = try fields.take("seed").map(seeder)
        configuration.programs = try fields.take("programs").map(programs) ?? []
        try fields.finish()
        return configuration
    }

    private func seeder(_ value: Value) throws -> Seeder {
        var fields = try value.fields()
        guard let command = fields.take("command") else {
            try fields.finish(expecting: ["service"])
            throw value.error(
                "\(value.name) lacks its 'command'", remedy: "give the program that fills the lab with data",
                code: .missingKey)
        }
        let words = try command.arguments()
        guard let first = words.first, !first.isEmpty else { throw command.error("\(command.name) names no program") }
        let seeder = Seeder(command: words, service: try fields.take("service")?.text(), place: value.place)
        try fields.finish()
        return seeder
    }

    private func programs(_ value: Value) throws -> [LabProgram] {
        var seen: Set<String> = []
        return try value.items().map { item in
            let name = try item.text()
            guard FileName.isUsable(name) else {
                throw item.error(
                    "\(quoted(name)) is not the name of a program",
                    remedy: "name a program that is installed beside 'lectern', without its directory")
            }
            return LabProgram(name: name, place: item.place)
        }.filter { seen.insert($0.name).inserted }
    }
}
