import Diagnostics
import Lessons

enum QuizReader {
    static func read(_ block: Block, source: SourceText, place: SourcePlace) -> Quiz? {
        guard let first = block.lines.first else { return nil }
        let question = source.string(source.trimmed(first.lowerBound + 2..<first.upperBound - 2))
        var several: [Quiz.Choice] = []
        var single: [Quiz.Choice] = []
        for line in block.lines.dropFirst() where line.count >= 3 {
            let mark = source.string(line.lowerBound..<line.lowerBound + 3)
            let text = source.string(source.trimmed(line.lowerBound + 3..<line.upperBound))
            switch mark {
            case "===": return Quiz(place: place, question: question, answer: .equals(text))
            case "=~=": return Quiz(place: place, question: question, answer: .contains(text))
            case "[*]", "[x]", "[ ]": several.append(.init(text: text, isRight: mark != "[ ]"))
            case "(*)", "(x)", "( )": single.append(.init(text: text, isRight: mark != "( )"))
            default: continue
            }
        }
        if !several.isEmpty { return Quiz(place: place, question: question, answer: .choices(several)) }
        if !single.isEmpty { return Quiz(place: place, question: question, answer: .choice(single)) }
        return nil
    }
}
