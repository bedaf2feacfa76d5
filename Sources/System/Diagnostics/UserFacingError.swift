/// An error that a person at a prompt can act on.
///
/// Both sentences are lower case, quote the subject, carry no full stop and name no command-line flag: the face that
/// shows them adds its own.
public protocol UserFacingError: Error, CustomStringConvertible {
    /// What failed, naming the subject.
    var problem: String { get }
    /// The next thing to try, or `nil` when there is none.
    var remedy: String? { get }
}

extension UserFacingError {
    /// The problem and, below it after `  try: `, the remedy where there is one; without a final newline.
    public var description: String {
        guard let remedy else { return problem }
        return "\(problem)\n  try: \(remedy)"
    }
}
