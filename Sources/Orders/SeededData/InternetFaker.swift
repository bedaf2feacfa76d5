/// Addresses on the internet, in ASCII; see ``Faker/internet``.
public struct InternetFaker: Sendable {
    var faker: Faker

    /// Where an IPv4 address comes from.
    public enum IPv4Block: String, CaseIterable, Codable, Sendable {
        /// Unicast addresses outside of the blocks with a special use below 224.0.0.0; these may belong to somebody.
        case global
        /// 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 (RFC 1918).
        case privateUse
        /// 192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24 (RFC 5737), which belong to nobody.
        case documentation
    }

    /// `First.Last@domain`, spelled in ASCII as the locale does it: `Jörg Weiß` is `Joerg.Weiss` in German.
    ///
    /// A part of a name without any letter or digit left is replaced by `user`.
    ///
    /// - Parameters:
    ///   - firstName: Drawn when `nil`; so are the other two.
    ///   - domain: Taken as it is. Drawn domains may exist: give `example.org` (RFC 2606) where mail could really go out.
    public mutating func email(
        firstName: String? = nil, lastName: String? = nil, domain: String? = nil
    ) -> String {
        let first = asciiName(firstName ?? faker.person.firstName())
        let last = asciiName(lastName ?? faker.person.lastName())
        return "\(first).\(last)@\(domain ?? self.domain())"
    }

    /// A name to log in with: lower-case ASCII letters and digits, with `.` or `_` between the names or nothing.
    public mutating func userName(firstName: String? = nil, lastName: String? = nil) -> String {
        let first = asciiName(firstName ?? faker.person.firstName()).lowercased()
        let last = asciiName(lastName ?? faker.person.lastName()).lowercased()
        let separator = faker.pick(from: [".", "_", ""])
        let number = faker.chance(1, in: 2) ? String(faker.below(100)) : ""
        return (first + separator + last + number).filter { $0 != "-" }
    }

    /// A made-up domain of two labels under a common top level, three where the country has it so (`souza.com.br`).
    public mutating func domain() -> String {
        let word =
            switch faker.below(3) {
            case 0: asciiName(faker.person.firstName())
            case 1: asciiName(faker.person.lastName())
            default: faker.lorem.word()
            }
        return "\(word.lowercased()).\(faker.pick(from: faker.data.topLevelDomains))"
    }

    /// Four decimal numbers with dots between; never a block's network or broadcast address in the last one.
    public mutating func ipv4(_ block: IPv4Block = .global) -> String {
        let prefix: [Int]
        switch block {
        case .documentation: prefix = faker.pick(from: [[192, 0, 2], [198, 51, 100], [203, 0, 113]])
        case .privateUse:
            switch faker.below(3) {
            case 0: prefix = [10, faker.below(256), faker.below(256)]
            case 1: prefix = [172, 16 + faker.below(16), faker.below(256)]
            default: prefix = [192, 168, faker.below(256)]
            }
        case .global:
            var first = 1 + faker.below(223)
            // Whole blocks of eight bits that hold something special (RFC 6890) are left out: simple, and enough remain.
            while [10, 100, 127, 169, 172, 192, 198, 203].contains(first) { first = 1 + faker.below(223) }
            prefix = [first, faker.below(256), faker.below(256)]
        }
        return (prefix + [1 + faker.below(254)]).map(String.init).joined(separator: ".")
    }

    private func asciiName(_ name: String) -> String {
        let plain = asciiSpelling(of: name, in: faker.locale)
        return plain.isEmpty ? "user" : plain
    }
}
