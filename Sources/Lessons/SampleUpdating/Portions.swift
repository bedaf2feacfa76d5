/// Which lines of an output each of several samples shows.
struct Portions {
    private let samples: [TextLines]
    private let output: TextLines

    /// - Parameter isWhole: The one sample shows all of a finished output.
    /// - Returns: For each sample its lines; `nil` where it can't be told.
    static func found(_ samples: [TextLines], in output: TextLines, isWhole: Bool) -> [Range<Int>?] {
        if isWhole, samples.count == 1 { return [output.indices] }
        return Portions(samples: samples, output: output).found()
    }

    private func found() -> [Range<Int>?] {
        let finder = LineFinder(output)
        var places: [Range<Int>?] = []
        var cursor = 0
        for sample in samples {
            let place = sample.elisions.contains(true) ? nil : finder.place(of: sample, in: cursor..<output.count)
            if let place { cursor = place.upperBound }
            places.append(place)
        }
        for index in places.indices where places[index] == nil {
            let start = places[..<index].compactMap { $0?.upperBound }.last ?? 0
            let end = places[(index + 1)...].compactMap { $0?.lowerBound }.first ?? output.count
            places[index] = place(of: index, in: start..<max(start, end), after: places, finder)
        }
        return places
    }

    /// What lies between the samples that were found, shared out by how long each was.
    private func place(
        of index: Int, in gap: Range<Int>, after places: [Range<Int>?], _ finder: LineFinder
    ) -> Range<Int>? {
        let count = samples[index].count
        guard !gap.isEmpty else { return nil }
        let others = (index + 1..<samples.count).prefix { places[$0] == nil }.reduce(0) { $0 + samples[$1].count }
        // Much more than the sample ever showed: only some of it is meant.
        if gap.count > 2 * (count + others) + 3 { return finder.nearest(to: samples[index], in: gap) }
        guard others > 0 else { return gap }
        if let near = finder.nearest(to: samples[index], in: gap) { return gap.lowerBound..<near.upperBound }
        return gap.count > others ? gap.lowerBound..<gap.upperBound - others : nil
    }
}
