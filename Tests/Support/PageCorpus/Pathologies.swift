/// Patterns that make parsers with a look-ahead quadratic when they are repeated.
public enum Pathologies {
    /// Each unit is repeated until the page has the wanted size.
    public static let all: [(name: String, unit: String)] = [
        ("backtick runs", "` `` ``` "), ("open macros", "{{"), ("code and open macros", "`a`{{"), ("comments", "<!-- "),
        ("comment lines", "<!--\n"), ("quotes", "> "), ("quote marks", ">"), ("list marks", "- "),
        ("nested lists", "- a\n  "), ("brackets", "["), ("pictures", "![a]("), ("closing brackets", "]("),
        ("tags", "<a href='"), ("odd tags", "<a '"), ("tags with ends", "<a x=\">"),
        ("tags without quotes", "<a x=<a "), ("tags with two quotes", "<a x=' y=\" "), ("pre", "<pre "),
        ("pre lines", "<pre\n"), ("pre tags", "<pre>\n"), ("fences", "```\n"), ("odd fences", "```\n~~~~\n`````\n"),
        ("indented fences", "    ```x\n"), ("indented fences apart", "    ```x\n\n"), ("indented code", "    x\n\n"),
        ("fences in items", "- ```a\nx\n"), ("fences in numbered items", "1. ~~~\nx\n\n"),
        ("fences in quotes", "> ```a\nx\n"), ("urls", "http://"), ("placeholders", "[[HOST_"),
        ("traffic", "{{TRAFFIC_HOST1_"), ("quizzes", ">>a<<\n"), ("tables", "|`a\n"),
        ("ends of comments", "--> <!--\n"), ("actions", "`a`{{execute}} "), ("stars", "* * a\n"),
        ("underlines", "a\n=\n"), ("headings", "# a\n"), ("blanks", " "), ("tabs", "\t"), ("blank lines", "\n"),
        ("samples", "`a`{{execute}}\n```\nx\n```\n"), ("leads", "You'll see similar output. "),
        ("blocks after one action", "```\nx\n```\n\nOutput:\n"),
        ("terminal 1", "in terminal 1:\n```\nx\n```\n`a`{{execute T2}}\n"),
        ("terminals in prose", "In terminal 1, `a`{{execute}} you'll see in terminal 2:\n```\nx\n```\n"),
        ("directives", "<!-- lectern: retry -->\n"), ("escapes", "\\`"), ("entities", "<pre>&#x"),
        ("trailing braces", "```\nx}}\n"), ("deep quotes", String(repeating: ">", count: 60) + "\n"),
        ("deep items", String(repeating: "- ", count: 60) + "\n\n\n\n"), ("one long word", "a"),
        ("carriage returns", "\r"), ("braces on one line", "`a`{{b}}"), ("definitions", "[a]: x\n"),
    ]
}
