/// The few words that prose in other languages than English is asked for: its grammar isn't known.
///
/// Only words that leave little doubt are listed. Of languages that are written without blanks, and of those that change
/// their words' ends, the part that stays is looked for.
enum ForeignWords {
    /// What the last paragraph says of the block below it; `nil` when it has none of the words.
    static func meaning(of prose: ArraySlice<UInt8>) -> (meaning: SampleIntroduction.Meaning, isSimilar: Bool)? {
        let paragraph = SampleIntroduction.lastParagraphBytes(of: prose)
        guard !paragraph.isEmpty else { return nil }
        var reading = Reading()
        reading.takeWords(of: paragraph)
        if paragraph.contains(where: { $0 >= 0xD0 }) {
            reading.takeStems(of: String(decoding: paragraph, as: UTF8.self))
        }
        if let order = reading.order, order > reading.sight ?? -1 { return (.instruction, false) }
        return reading.namesOutput || reading.sight != nil ? (.output, reading.isSimilar) : nil
    }

    /// Whether the last paragraph has the reader edit or make something, in Chinese or Japanese.
    static func order(in prose: ArraySlice<UInt8>) -> Bool {
        guard prose.contains(where: { $0 >= 0xE4 && $0 <= 0xE9 }) else { return false }
        let paragraph = Array(SampleIntroduction.lastParagraphBytes(of: prose)).span
        return eastAsianOrders.contains { paragraph.contains($0) }
    }

    private struct Reading {
        var namesOutput = false
        /// Where the last word is that has the reader edit something: "add the result to the file".
        var order: Int?
        /// Where the last word is that says what the reader sees: "add it, and you will see".
        var sight: Int?
        var isSimilar = false

        /// Latin letters: whole words, in small letters but for accents.
        mutating func takeWords(of paragraph: ArraySlice<UInt8>) {
            for word in paragraph.split(whereSeparator: { !$0.isLetter && $0 < 0x80 }) {
                guard 4...16 ~= word.count else { continue }
                let text = String(decoding: word.map(\.lowercased), as: UTF8.self)
                if outputs.contains(text) { namesOutput = true }
                if sights.contains(text) { sight = word.startIndex - paragraph.startIndex }
                if orders.contains(text) { order = word.startIndex - paragraph.startIndex }
                if likenesses.contains(text) { isSimilar = true }
            }
        }

        /// Other scripts: parts of words.
        mutating func takeStems(of text: String) {
            let text = text.lowercased()
            func last(_ stems: [String]) -> Int? {
                stems.compactMap { stem in
                    text.ranges(of: stem).last.map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) }
                }.max()
            }
            namesOutput = namesOutput || last(outputStems) != nil
            sight = last(sightStems) ?? sight
            order = last(orderStems) ?? order
            isSimilar = isSimilar || last(likenessStems) != nil
        }
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }

    // MARK: Spanish, Portuguese, French, German, Italian

    private static let outputs = Set(
        words(
            """
            salida resultado resultados respuesta saída resposta sortie résultat résultats réponse ausgabe ergebnis antwort
            risultato risposta
            """))

    private static let sights = Set(
        words(
            """
            verás veremos muestra mostrará devuelve verá mostra exibe verrez affiche affichera obtenez ausgegeben angezeigt
            vedrai vedrete stampa
            """))

    private static let orders = Set(
        words(
            """
            crea cree crear añade añadir agrega agregue edita edite modifica modifique cambia cambie copia copie pega escribe
            crie adicione altere edite substitua cole créez créer ajoutez ajouter modifiez éditez remplacez copiez collez
            erstelle erstellen füge ändere bearbeite ersetze kopiere crea aggiungi modificate aggiungete
            """))

    private static let likenesses = Set(
        words(
            """
            similar parecido parecida ejemplo semelhante exemplo semblable similaire ressemble exemple ähnlich ähnliche
            ähnlichen beispiel simile esempio
            """))

    // MARK: Russian, Ukrainian, Korean, Chinese, Japanese

    private static let outputStems = words("вывод результат ответ вивід відповідь 출력 결과 输出 结果 輸出 結果 出力")

    private static let sightStems = words("увидит увидим вывед отобраз 返回 看到 表示")

    private static let orderStems = words(
        """
        создайте создадим добавьте добавим измените изменим отредактир запишите замените вставьте скопируйте створіть
        додайте 작성 생성 추가 수정 변경 편집
        """)

    private static let likenessStems = words("пример похож приклад 예시 비슷 유사 类似 例 類似")

    /// Edit, create, add, write, change, replace.
    private static let eastAsianOrders: [StaticString] = [
        "編集", "作成", "追加", "書い", "変更", "置き換", "编辑", "创建", "添加", "修改", "新建", "替换",
    ]
}
