extension Duration {
    /// The duration in seconds, as reports and JSON have it.
    package var seconds: Double { self / .seconds(1) }
}
