import Synchronization

/// Takes values that nobody holds any more apart one after the other.
///
/// A list may hold a list that holds a list, a million times; let go of as Swift does it, each inside the one before,
/// they would overflow the stack.
enum Garbage {
    /// `@unchecked Sendable`: nobody else holds what is thrown away.
    private struct Heap: @unchecked Sendable {
        var values: [Value] = []
        var isBeingEmptied = false
    }

    private static let heap = Mutex(Heap())

    /// Takes the values over, to be let go of by ``empty()``.
    static func take(_ values: inout [Value]) {
        let nested = values.filter(\.mayHoldOthers)
        values = []
        guard !nested.isEmpty else { return }
        heap.withLock { $0.values += nested }
    }

    /// Lets go of everything taken over; when a call does so already, that one goes on with it.
    static func empty() {
        let begins = heap.withLock { heap in
            guard !heap.isBeingEmptied, !heap.values.isEmpty else { return false }
            heap.isBeingEmptied = true
            return true
        }
        guard begins else { return }
        while let last = pop() { withExtendedLifetime(last) {} }
    }

    private static func pop() -> Heap? {
        heap.withLock { heap in
            guard let last = heap.values.popLast() else {
                heap.isBeingEmptied = false
                return nil
            }
            return Heap(values: [last])
        }
    }
}

extension Value {
    fileprivate var mayHoldOthers: Bool {
        switch self {
        case .list, .object: true
        case .function(let function): function.scope != nil
        default: false
        }
    }
}
