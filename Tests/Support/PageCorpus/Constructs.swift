/// Pieces of pages, at least one for every construct of the dialect and for every trap that real lessons hold.
public enum Constructs {
    /// Everything a page may have, and much that it should not have.
    public static let all = commands + samples + blocks + placeholders + html + oddities

    static let commands = [
        "Run `ls -l`{{execute T1}} to see the files.",
        "``echo `date` ``{{exec}}",
        "Then `cat order.txt`{{ execute  T2 interrupt }} once more, and `cat order.txt`{{execute interrupt T2}} again.",
        "`^C`{{execute ctrl-seq T1}}",
        "`^ESC`{{execute T1 ctrl-seq}} and `:q!`{{execute no-newline}}",
        "Copy `secret`{{copy}} and open `src/app.js`{{open}}; no click for `this`{{}}.",
        "`hostname`{{execute HOST1}} and `hostname`{{execute HOST2}}",
        "`uname -a`{{execute test-uname}} with a tag, `ls`{{Execute T1}} in capitals, `ls` {{execute}} apart.",
        "```bash\ncat <<EOF > order.txt\ncoffee 4\ntea 2\nEOF\n```{{execute T1}}",
        "~~~\ncurl -s localhost:9001/orders \\\n  -d '{\"description\": \"tea\"}'\n~~~{{exec}}",
        "1. Make a directory:\n\n   ```sh\n   mkdir -p a/b\n     cd a\n   ```{{execute}}\n\n2. Look: `pwd`{{execute}}",
        "* an item\n    * an inner one\n\n      ```\n      tree\n      ```{{execute T3}}",
        "```\nselect *\nfrom orders;\n```{{copy}}",
        "    ```\n    indented and a command\n    ```{{execute}}",
        "```\ncat > x <<EOF\nline\nEOF```{{execute}}",
        "```yaml{2,5-6}\na: 1\nb: {{ .Values.replicaCount }}\n```",
    ]

    static let samples = [
        "You'll get the following output:\n\n```\ncoffee 4\ntea 2\n```",
        "The output is similar to the following:\n\n```json\n{ \"id\": \"1b4e28ba-2fa1-11d2-883f-0016d3cca427\", \"quantity\": 4 }\n```",
        "Output:\n\n```text\n+----+-------+\n| id | name  |\n+----+-------+\n|  1 | Robin |\n.\n.\n+----+-------+\n```",
        "The answer is `42`:",
        "It prints:\n\n    indented sample\n    of two lines",
        "<!-- lectern: similar timeout=10s field:customer.email=email -->\n```\n{ email: 'a@b.c' }\n```",
        "<!-- lectern: retry -->\n`db.orders.find()`{{execute T1}}\n\n<!-- lectern: unordered -->\n```\na\nb\n```",
        "<!-- lectern: no-sample -->\n```js\nconst x = 1\n```",
    ]

    static let blocks = [
        "# A heading with `code`\n\nSome prose that goes on for a while, as prose does, with *emphasis* and **weight**.",
        "Setext heading\n--------------\n\nParagraph, then a rule:\n\n---",
        "> A quote with `ls`{{execute}}\n> and a second line\n>\n> ```\n> quoted code\n> ```{{execute}}",
        "| command | what |\n| --- | --- |\n| `ls` | lists |\n| `ps` | shows \\| processes |",
        "- one\n- two\n  - three\n    - four\n\n      five",
        "- [ ] to do\n- [x] done",
        "Hard break  \nand another\\\nline, with a [link](https://example.org/a_(b) \"title\"), <https://example.org>, and [ref][r].\n\n[r]: ./other.md",
        "![a picture](./assets/picture.png) and [text](../other/page.md#part)",
    ]

    static let placeholders = [
        "https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com/path",
        "[console](https://console-[[HOST_SUBDOMAIN]]-443-[[KATACODA_HOST]].environments.katacoda.com/)",
        "`curl [[HOST_IP]]:9092 [[HOST2_IP]]`{{execute}} but not [[PASSWORD]]",
        "[open]({{TRAFFIC_HOST1_9090}}/graph) or {{TRAFFIC_HOST2_80}}, never {{TRAFFIC_HOSTX_Y}}; {{TRAFFIC_SELECTOR}}",
    ]

    static let html = [
        "<pre class=\"file\" data-filename=\"src/app.js\" data-target=\"replace\">\nconst a = 1 &lt; 2;\n</pre>",
        "<pre class='file' data-target='insert'\n  data-marker=\"<!-- TODO: here -->\" data-filename='./x.html'>&#x3C;p&#62;</pre>",
        "<pre class=\"file\" data-filename=\"a.txt\" data-target=\"append\">more</pre>",
        "<pre class=\"file\" data-filename=\"a.txt\" data-target=\"prepend\">first</pre>",
        "<pre class=\"file\" data-target=\"clipboard\">docker ps</pre>",
        "<pre class=\"file\">box</pre>",
        "<pre>\nplain <b>block</b>\n</pre>",
        "<details>\n<summary>Solution</summary>\n\n`cat answer`{{execute}}\n\n</details>",
        "<kbd>Ctrl</kbd>+<kbd>C</kbd> <br> <img src=\"./assets/x.png\" width=\"200\" style=\"border: 0\">",
        "<iframe width=\"560\" src=\"https://www.youtube.com/embed/abc\" allowfullscreen></iframe>",
        "<!-- a comment\nover two lines -->",
    ]

    static let oddities = [
        ">>Q1: What is sold most?<<\n=== coffee",
        ">>Which stores are there?<<\n[*] MariaDB\n[*] MongoDB\n[ ] Redis",
        ">>One of these<<\n(*) yes\n( ) no",
        ">>Contains<<\n=~= part",
        "`ls`{{exeute}} and {{execute}} and `ls`{{execute T99}}",
        "Unclosed `code and ``more",
        "```\nan unclosed fence",
        "Windows line ends\r\n\r\n```\r\ndir\r\n```{{execute}}\r\n",
        "Umlaute äöü, 漢字, emoji 🚀, and a tab\there",
    ]
}
