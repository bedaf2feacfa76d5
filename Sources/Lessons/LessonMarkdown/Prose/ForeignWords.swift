/// The few words that prose in other scripts is asked for: its grammar isn't known.
enum ForeignWords {
    /// Whether the last paragraph has the reader edit or make something, in Chinese or Japanese.
    static func order(in prose: ArraySlice<UInt8>) -> Bool {
        guard prose.contains(where: { $0 >= 0xE4 && $0 <= 0xE9 }) else { return false }
        let end = prose.lastIndex { !ProseMark.isMark($0) && !$0.isWhite } ?? prose.startIndex
        let start = prose[...end].lastIndex(where: ProseMark.isMark).map { $0 + 1 } ?? prose.startIndex
        let paragraph = Array(prose[start...end]).span
        return orders.contains { paragraph.contains($0) }
    }

    /// Edit, create, add, write, change, replace.
    private static let orders: [StaticString] = [
        "編集", "作成", "追加", "書い", "変更", "置き換", "编辑", "创建", "添加", "修改", "新建", "替换",
    ]
}
