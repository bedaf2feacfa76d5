/// Latin that says nothing; the same in every locale. See ``Faker/lorem``.
public struct LoremFaker: Sendable {
    var faker: Faker

    /// One word in lower case; it may be the same as the one before.
    public mutating func word() -> String {
        faker.pick(from: loremWords)
    }

    /// Words with single spaces between; none follows itself.
    ///
    /// - Precondition: `count` is not negative.
    public mutating func words(_ count: Int) -> String {
        draw(count).joined(separator: " ")
    }

    /// A capital letter, words, sometimes a comma after one of the inner words, and a full stop.
    ///
    /// - Precondition: The range starts at 1 or above.
    public mutating func sentence(words count: ClosedRange<Int> = 5...12) -> String {
        precondition(count.lowerBound >= 1, "a sentence has at least one word")
        var words = draw(faker.generator.integer(in: count))
        words[0] = words[0].prefix(1).uppercased() + words[0].dropFirst()
        if words.count > 6, faker.chance(1, in: 2) { words[2 + faker.below(words.count - 4)] += "," }
        return words.joined(separator: " ") + "."
    }

    /// Sentences with single spaces between.
    ///
    /// - Precondition: The range starts at 1 or above.
    public mutating func paragraph(sentences count: ClosedRange<Int> = 3...6) -> String {
        precondition(count.lowerBound >= 1, "a paragraph has at least one sentence")
        return (0..<faker.generator.integer(in: count)).map { _ in sentence() }.joined(separator: " ")
    }

    private mutating func draw(_ count: Int) -> [String] {
        var words: [String] = []
        words.reserveCapacity(count)
        while words.count < count {
            let word = word()
            if word != words.last { words.append(word) }
        }
        return words
    }
}

/// Words of the passage of Cicero's "De finibus bonorum et malorum" from which printers' dummy text was cut, and others
/// of his that go with them. The order is part of the data: a change here changes what every seed gives.
private let loremWords = list(
    """
    a, ab, accusamus, accusantium, ad, adipisci, alias, aliquam, aliquid, amet, animi, aperiam, architecto, asperiores,
    aspernatur, assumenda, at, atque, aut, autem, beatae, blanditiis, commodi, consectetur, consequatur, consequuntur,
    corporis, corrupti, culpa, cum, cumque, cupiditate, debitis, delectus, deleniti, deserunt, dicta, dignissimos,
    distinctio, dolor, dolore, dolorem, doloremque, dolores, doloribus, dolorum, ducimus, ea, eaque, earum, eius,
    eligendi, enim, eos, error, esse, est, et, eum, eveniet, ex, excepturi, exercitationem, expedita, explicabo, facere,
    facilis, fuga, fugiat, fugit, harum, hic, id, illo, illum, impedit, in, incidunt, inventore, ipsa, ipsam, ipsum,
    iste, itaque, iure, iusto, labore, laboriosam, laborum, laudantium, libero, magnam, magni, maiores, maxime, minima,
    minus, modi, molestiae, molestias, mollitia, nam, natus, necessitatibus, nemo, neque, nesciunt, nihil, nisi, nobis,
    non, nostrum, nulla, numquam, obcaecati, occaecati, odio, odit, officia, officiis, omnis, optio, pariatur,
    perferendis, perspiciatis, placeat, porro, possimus, praesentium, provident, quae, quaerat, quam, quas, quasi, qui,
    quia, quibusdam, quidem, quis, quisquam, quo, quod, quos, ratione, recusandae, reiciendis, rem, repellat,
    repellendus, reprehenderit, repudiandae, rerum, saepe, sapiente, sed, sequi, similique, sint, sit, soluta, sunt,
    suscipit, tempora, tempore, temporibus, tenetur, totam, ullam, unde, ut, vel, velit, veniam, veritatis, vero, vitae,
    voluptas, voluptate, voluptatem, voluptates, voluptatibus, voluptatum
    """)
