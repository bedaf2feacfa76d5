/// The write source's tables, in terms of relational database design: each fact once.
enum Schema {
    static let database = "simplecqrs_w"

    /// Makes what is missing; what is there is left alone.
    static func create(on connection: Connection) throws {
        try connection.run("CREATE DATABASE IF NOT EXISTS simplecqrs_w CHARACTER SET utf8mb4")
        try connection.run("USE simplecqrs_w")
        // E-mail addresses compare byte by byte, as they do in the read source.
        try connection.run(
            """
            CREATE TABLE IF NOT EXISTS customer (
                email VARCHAR(254) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
                firstName VARCHAR(100) NOT NULL,
                lastName VARCHAR(100) NOT NULL,
                createdAt DATETIME(3) NOT NULL,
                updatedAt DATETIME(3) NOT NULL
            ) ENGINE = InnoDB CHARACTER SET utf8mb4
            """)
        try connection.run(
            """
            CREATE TABLE IF NOT EXISTS `order` (
                id CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY,
                description VARCHAR(255) NOT NULL,
                count INT NOT NULL,
                createdAt DATETIME(3) NOT NULL,
                updatedAt DATETIME(3) NOT NULL,
                customerEmail VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
                FOREIGN KEY (customerEmail) REFERENCES customer (email)
            ) ENGINE = InnoDB CHARACTER SET utf8mb4
            """)
        // The fingerprint is a hash of the order as it was asked for: the same key must come with the same order.
        try connection.run(
            """
            CREATE TABLE IF NOT EXISTS idempotencyKey (
                `key` VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
                orderId CHAR(36) CHARACTER SET ascii NOT NULL,
                fingerprint CHAR(64) CHARACTER SET ascii NOT NULL,
                createdAt DATETIME(3) NOT NULL
            ) ENGINE = InnoDB CHARACTER SET utf8mb4
            """)
    }
}
