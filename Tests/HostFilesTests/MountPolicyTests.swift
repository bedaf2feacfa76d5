import Foundation
import HostFiles
import Testing

@Suite struct MountPolicyTests {
    @Test("a lesson's root is the repository around it, or its own directory")
    func ordinaryRoots() throws {
        try withDirectory { base in
            try write("", to: "\(base)/repository/.git/config")
            try write("", to: "\(base)/repository/lessons/one/compose.yaml")
            try write("", to: "\(base)/alone/one/compose.yaml")
            #expect(
                MountPolicy.root(of: "\(base)/repository/lessons/one/compose.yaml", homes: [])
                    == MountPolicy.resolved("\(base)/repository"))
            #expect(
                MountPolicy.root(of: "\(base)/alone/one/compose.yaml", homes: [])
                    == MountPolicy.resolved("\(base)/alone/one"))
            #expect(MountPolicy.root(of: "\(base)/nothing.yaml", homes: []) == nil)
        }
    }

    @Test("a home directory under version control is nobody's lesson")
    func homes() throws {
        try withDirectory { base in
            let home = try #require(MountPolicy.resolved(base))
            try write("", to: "\(home)/.git/config")
            try write("", to: "\(home)/Downloads/lesson/compose.yaml")
            try write("", to: "\(home)/compose.yaml")
            #expect(
                MountPolicy.root(of: "\(home)/Downloads/lesson/compose.yaml", homes: [home])
                    == "\(home)/Downloads/lesson")
            #expect(MountPolicy.root(of: "\(home)/compose.yaml", homes: [home]) == nil)
            // Without the rule it would be.
            #expect(MountPolicy.root(of: "\(home)/Downloads/lesson/compose.yaml", homes: []) == home)
        }
    }

    @Test("a directory that everybody may write to is nobody's lesson")
    func directoriesOfAll() throws {
        try withDirectory { base in
            let open = try #require(MountPolicy.resolved(base))
            try write("", to: "\(open)/.git/config")
            try write("", to: "\(open)/lesson/compose.yaml")
            try write("", to: "\(open)/compose.yaml")
            #expect(chmod(open, 0o1777) == 0)
            #expect(MountPolicy.root(of: "\(open)/lesson/compose.yaml", homes: []) == "\(open)/lesson")
            #expect(MountPolicy.root(of: "\(open)/compose.yaml", homes: []) == nil)
            #expect(MountPolicy.root(around: "/tmp") == nil && MountPolicy.root(around: "/") == nil)
        }
    }

    @Test("this user's home is known to be one")
    func ownHome() {
        #expect(MountPolicy.homeDirectories.contains(MountPolicy.resolved(NSHomeDirectory()) ?? ""))
    }

    @Test("where a path lies beneath a root doesn't depend on whether anything is there")
    func places() throws {
        try withDirectory { base in
            let root = try #require(MountPolicy.resolved(base)) + "/root"
            try write("", to: "\(root)/a/file")
            try link("root", at: "\(base)/name")
            try link("../..", at: "\(root)/a/up")
            #expect(MountPolicy.place(of: "\(root)/a/file", under: root) == "a/file")
            #expect(MountPolicy.place(of: "\(base)/name/a/file", under: root) == "a/file")
            #expect(MountPolicy.place(of: "\(root)/a/none", under: root) == "a/none")
            #expect(MountPolicy.place(of: "\(root)/no/such", under: root) == "no/such")
            #expect(MountPolicy.place(of: root, under: root)?.isEmpty == true)
            for path in ["/etc/passwd", "/etc/none", "/no/such", "\(root)/a/up/none", "\(root)2/file", "\(base)/x"] {
                #expect(MountPolicy.place(of: path, under: root) == nil, "\(path)")
            }
        }
    }
}
