import Diagnostics

extension ServiceDecoder {
    /// `volumes` and `tmpfs` together, one a target: the last one counts.
    func mounts(_ fields: inout Fields) throws -> [Mount] {
        var mounts: [Mount] = []
        var positions: [String: Int] = [:]
        func add(_ mount: Mount) {
            if let position = positions[mount.target] {
                mounts[position] = mount
            } else {
                positions[mount.target] = mounts.count
                mounts.append(mount)
            }
        }
        for item in try fields.take("volumes")?.items() ?? [] {
            add(item.node.map == nil ? try shortMount(item) : try longMount(item))
        }
        if let tmpfs = fields.take("tmpfs") {
            for item in tmpfs.node.list == nil ? [tmpfs] : try tmpfs.items() {
                add(try temporaryMount(item))
            }
        }
        return mounts
    }

    /// `[source:]target[:options]`.
    private func shortMount(_ value: Value) throws -> Mount {
        let text = try value.text()
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 3, parts.allSatisfy({ !$0.isEmpty }) else {
            throw value.error(
                "\(quoted(text)) is not a volume",
                remedy: "write one such as './data:/data', 'name:/data' or './data:/data:ro'")
        }
        var mount = Mount(
            source: .volume(nil), target: parts.count == 1 ? parts[0] : parts[1], isReadOnly: false,
            createsSource: true,
            options: [], place: value.place)
        try requireAbsolute(mount.target, value)
        if parts.count > 1 { mount.source = try source(parts[0], value) }
        for option in parts.count == 3 ? parts[2].split(separator: ",").map(String.init) : [] {
            switch option {
            case "ro": mount.isReadOnly = true
            case "rw": mount.isReadOnly = false
            default: mount.options.append(option)
            }
        }
        return mount
    }

    private enum MountType: String, CaseIterable {
        case bind
        case volume
        case tmpfs
    }

    private func longMount(_ value: Value) throws -> Mount {
        var fields = try value.fields(of: "a volume")
        guard let typeValue = fields.take("type"), let targetValue = fields.take("target") else {
            let key = fields.has("type") ? "target" : "type"
            throw value.error("a volume lacks its \(quoted(key))", code: .missingKey)
        }
        let type = try typeValue.choice(MountType.self)
        let target = try targetValue.text()
        try requireAbsolute(target, targetValue)
        let named = fields.take("source")
        var mount = Mount(
            source: .volume(nil), target: target, isReadOnly: try fields.take("read_only")?.bool() ?? false,
            createsSource: false, options: [], place: value.place)
        switch type {
        case .bind:
            guard let named else { throw value.error("a bind mount lacks its 'source'", code: .missingKey) }
            mount.source = .bind(try path(try named.text(), named))
            if var bind = try fields.take("bind")?.fields() {
                mount.createsSource = try bind.take("create_host_path")?.bool() ?? true
                if let propagation = try bind.take("propagation")?.text() { mount.options.append(propagation) }
                if let selinux = try bind.take("selinux")?.text() { mount.options.append(selinux) }
                try bind.finish(ignoring: ["recursive"])
            }
        case .volume:
            mount.source = .volume(try named?.text())
            if var volume = try fields.take("volume")?.fields() {
                if try volume.take("nocopy")?.bool() == true { mount.options.append("nocopy") }
                try volume.finish(ignoring: ["labels", "subpath"])
            }
        case .tmpfs:
            var memory = try fields.take("tmpfs")?.fields()
            mount.source = .temporary(
                size: try memory?.take("size")?.bytes(),
                mode: try memory?.take("mode").map { value in
                    // A bare number is decimal to YAML; a quoted one is read as `chmod` does.
                    value.node.scalar?.isPlain == true ? try value.int(0...0o7777) : try octal(value.text(), value)
                })
            try memory?.finish()
        }
        try fields.finish(ignoring: ["bind", "consistency", "image", "tmpfs", "volume"])
        return mount
    }

    /// `target[:options]`, with `size=` and `mode=` among the options.
    private func temporaryMount(_ value: Value) throws -> Mount {
        let text = try value.text()
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var mount = Mount(
            source: .temporary(size: nil, mode: nil), target: String(halves[0]), isReadOnly: false,
            createsSource: false,
            options: [], place: value.place)
        try requireAbsolute(mount.target, value)
        var size: Int64?
        var mode: Int?
        for option in halves.count == 2 ? halves[1].split(separator: ",").map(String.init) : [] {
            if option == "ro" {
                mount.isReadOnly = true
            } else if option.hasPrefix("size="), let bytes = Quantities.bytes(String(option.dropFirst(5))) {
                size = bytes
            } else if option.hasPrefix("mode=") {
                mode = try octal(String(option.dropFirst(5)), value)
            } else {
                mount.options.append(option)
            }
        }
        mount.source = .temporary(size: size, mode: mode)
        return mount
    }

    private func octal(_ text: String, _ value: Value) throws -> Int {
        guard let mode = Int(text, radix: 8), (0...0o7777).contains(mode) else {
            throw value.error("\(quoted(text)) are not permission bits", remedy: "write them in octal, such as '1777'")
        }
        return mode
    }

    private func requireAbsolute(_ target: String, _ value: Value) throws {
        guard target.hasPrefix("/") else {
            throw value.error(
                "the target \(quoted(target)) is not an absolute path", remedy: quoted("/\(target)"))
        }
    }

    /// A source that looks like a path is one; anything else names a volume.
    private func source(_ text: String, _ value: Value) throws -> Mount.Source {
        guard text.hasPrefix(".") || text.hasPrefix("/") || text.hasPrefix("~") else {
            return .volume(text)
        }
        return .bind(try path(text, value))
    }

    private func path(_ text: String, _ value: Value) throws -> String {
        guard text == "~" || text.hasPrefix("~/") else {
            return Paths.absolute(Paths.resolve(text, against: baseDirectory(value.place.file)))
        }
        guard let home = context.environment["HOME"], !home.isEmpty else {
            throw value.error(
                "\(quoted(text)) lies in a home directory, which is not part of the lesson",
                remedy: "copy the file beside the Compose file", code: .outside)
        }
        return Paths.absolute(Paths.resolve(String(text.dropFirst(2)), against: home))
    }
}
