/// A program for labs that attacks them from inside and says what came of it, in Python: it needs no compiler, and asks
/// the kernel directly.
enum AttackTool {
    /// Prints `refused NAME-OF-ERRNO` or `done RESULT` for what its arguments ask.
    static let text = #"""
        import ctypes, errno, fcntl, os, platform, signal, socket, struct, sys

        libc = ctypes.CDLL(None, use_errno=True)
        # name: (x86-64, AArch64)
        CALLS = {
            "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
            "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
            "io_uring_register": (427, 427), "fanotify_init": (300, 262), "kexec_load": (246, 104),
            "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
            "delete_module": (176, 106), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
            "acct": (163, 89), "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112),
            "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162), "quotactl": (179, 60),
            "unshare": (272, 97), "setns": (308, 268), "clone": (56, 220), "clone3": (435, 435), "mount": (165, 40),
            "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "fsopen": (430, 430),
            "fspick": (433, 433), "open_tree": (428, 428), "move_mount": (429, 429), "mount_setattr": (442, 442),
            "statmount": (457, 457), "listmount": (458, 458), "open_by_handle_at": (304, 265),
            "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "pidfd_open": (434, 434),
            "pidfd_getfd": (438, 438), "kcmp": (312, 272), "move_pages": (279, 239), "migrate_pages": (256, 238),
            "personality": (135, 92), "ptrace": (101, 117), "prctl": (157, 167), "capset": (126, 91),
            "mknodat": (259, 33), "vhangup": (153, 58), "setresuid": (117, 147), "setgroups": (116, 159),
            "process_madvise": (440, 440), "file_setattr": (469, 469), "next": (470, 470),
        }
        COLUMN = {"x86_64": 0, "aarch64": 1}[platform.machine()]

        def number(text):
            if text.startswith("s:"): return text[2:].encode()
            if text.startswith("b:"): return ctypes.create_string_buffer(int(text[2:]))
            if text == "null": return None
            return ctypes.c_long(int(text, 0))

        def call(name, *arguments):
            ctypes.set_errno(0)
            result = libc.syscall(CALLS[name][COLUMN], *[number(argument) for argument in arguments])
            if result == 0 and name == "clone": os._exit(0)
            if result == -1: raise OSError(ctypes.get_errno(), "")
            return result

        def make_socket(family, kind, protocol="0"):
            socket.socket(int(family), int(kind, 0), int(protocol)).close()

        def pair(family):
            socket.socketpair(int(family), socket.SOCK_STREAM)

        def ioctl(request, text="x"):
            request = int(request, 0)
            result = libc.ioctl(0, ctypes.c_ulong(request), text.encode())
            if result == -1: raise OSError(ctypes.get_errno(), "")

        def write(path, text="1"):
            with open(path, "w") as file: file.write(text)

        def read(path):
            with open(path, "rb") as file: return "%d bytes" % len(file.read(1 << 16))

        def mknod(kind, major, minor):
            os.mknod("/root/node", {"b": 0o060666, "c": 0o020666}[kind], os.makedev(int(major), int(minor)))
            return open("/root/node", "rb").read(1)

        def descriptors():
            names = []
            for entry in os.listdir("/proc/self/fd"):
                try: names.append(os.readlink("/proc/self/fd/" + entry))
                except OSError: pass
            kinds = sorted({name.split(":")[0] if ":" in name else os.path.dirname(name) for name in names})
            return " ".join(kind for kind in kinds if not kind.startswith("/proc"))

        def connect(host, port):
            with socket.socket() as attempt:
                attempt.settimeout(3)
                attempt.connect((host, int(port)))

        def signal_first(number):
            os.kill(1, int(number))
            return "%s lives" % open("/proc/1/comm").read().strip()

        def set_user_id():
            # A copy of a program of the lab's own that gives its owner's rights gives none.
            import shutil
            shutil.copy("/usr/bin/id", "/root/id")
            os.chmod("/root/id", 0o4755)
            return os.popen("/root/id -u; grep -h NoNewPrivs /proc/self/status | tr -d '\\t'").read().replace("\n", " ").strip()

        def escape_root():
            # A directory handle that is kept over chroot leads out of it, where chroot is allowed.
            handle = os.open("/", os.O_RDONLY)
            os.mkdir("/root/jail")
            os.chroot("/root/jail")
            os.fchdir(handle)

        def inherited_namespaces():
            first = {name: os.readlink("/proc/self/ns/" + name) for name in os.listdir("/proc/self/ns")}
            return " ".join(sorted(name for name in ("mnt", "net", "pid", "user", "ipc", "uts") if name in first))

        def capabilities():
            lines = [line.split() for line in open("/proc/self/status") if line.startswith("Cap")]
            return "none" if all(int(value, 16) == 0 for _, value in lines) else repr(lines)

        def visible(name):
            return str(sum(name in open("/proc/%s/cmdline" % pid).read() for pid in os.listdir("/proc") if pid.isdigit() and int(pid) != os.getpid()))

        def deep_tree():
            # Names that the host would meet when it removes the lab's files.
            os.chdir("/root")
            for _ in range(3000):
                os.mkdir("d" * 50)
                os.chdir("d" * 50)
            return "made"

        ACTIONS = {
            "call": call, "socket": make_socket, "pair": pair, "ioctl": ioctl, "write": write, "read": read,
            "mknod": mknod, "descriptors": descriptors, "connect": connect, "signal": signal_first,
            "set-user-id": set_user_id, "escape-root": escape_root, "capabilities": capabilities, "visible": visible,
            "deep-tree": deep_tree,
        }
        try:
            result = ACTIONS[sys.argv[1]](*sys.argv[2:])
            print("done" if result is None else "done %s" % result)
        except OSError as failure:
            print("refused %s" % errno.errorcode.get(failure.errno, failure.errno or type(failure).__name__))
        """#
}
