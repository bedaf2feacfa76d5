import Commands

@main
enum Lectern {
    static func main() async {
        await LecternCommand.run()
    }
}
