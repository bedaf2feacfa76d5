import LessonMarkdown
import Lessons
import Testing

/// Words for outputs and for editing in other languages.
@Suite struct ForeignProseTests {
    private func page(_ sentence: String, language: String = "bash") -> Page {
        read("`status`{{execute}}\n\n\(sentence)\n\n```\(language)\nready\n```\n")
    }

    @Test(arguments: [
        "La salida:", "Verás lo siguiente:", "O resultado:", "Vous verrez la sortie :", "Die Ausgabe ist dann:",
        "Il risultato:", "Вывод команды:", "В случае успеха ответ должен быть таким:", "실행 결과:", "输出：", "実行結果:",
        "次のように表示されます。",
    ])
    func wordsForOutputMakeASample(sentence: String) {
        #expect(page(sentence).pairs == ["5←1"])
        #expect(page(sentence).samples.first?.wording == .exact)
    }

    @Test(arguments: [
        "Una salida similar:", "Ein Beispiel für die Ausgabe:", "Un exemple de sortie :", "Пример вывода:", "出力結果の例：",
    ])
    func wordsForLikenessMakeItSimilar(sentence: String) {
        #expect(page(sentence).samples.first?.wording == .similar)
    }

    @Test(arguments: [
        "Añade la salida al archivo:", "Füge das hinzu:", "Добавьте результат в файл:", "Créez le fichier :",
        "다음을 추가합니다:",
        "次の内容を追加します。",
    ])
    func wordsForEditingMakeNone(sentence: String) {
        #expect(page(sentence, language: "").samples.isEmpty)
    }

    @Test func otherWordsSayNothing() {
        #expect(page("Esto es todo:").samples.isEmpty)
        #expect(page("Esto es todo:", language: "").samples.first?.wording == .unmarked)
    }

    @Test func spansAfterAColonAreSamples() {
        #expect(read("`curl web`{{execute}}\n\nОтвет должен быть таким:\n`Hello`\n").pairs == ["4←1"])
    }
}
