// What the measurements of terminals are held against: the same loops with nothing around them.
//
//   floor steps N [--noediting]    types N commands into bash in lockstep with its prompt marks; prints ms a step
//   floor read COMMAND             reads what a command prints to a pseudo-terminal; prints MB/s
#define _GNU_SOURCE
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char marks[] =
    "PS1='$ \\[\\e]133;B\\a\\]'; PS0='\\e]133;C\\a'; PROMPT_COMMAND='printf \"\\e]133;D;%s\\a\" $?'\n";

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int start(char *const arguments[]) {
    struct winsize size = {.ws_row = 40, .ws_col = 120};
    int master;
    pid_t child = forkpty(&master, NULL, NULL, &size);
    if (child < 0) exit(1);
    if (child == 0) {
        setenv("TERM", "xterm-256color", 1);
        execv("/bin/bash", arguments);
        _exit(127);
    }
    return master;
}

// Reads until the mark after the prompt.
static void await_prompt(int master) {
    static const char end[] = "\033]133;B\a";
    static char buffer[65536];
    size_t matched = 0;
    while (end[matched]) {
        ssize_t count = read(master, buffer, sizeof buffer);
        if (count <= 0) exit(1);
        for (ssize_t index = 0; index < count && end[matched]; index++)
            matched = buffer[index] == end[matched] ? matched + 1 : buffer[index] == end[0];
    }
}

static int steps(int count, int edits) {
    char path[] = "/tmp/floor.XXXXXX";
    int file = mkstemp(path);
    if (file < 0 || write(file, marks, sizeof marks - 1) < 0) return 1;
    close(file);
    char *arguments[] = {"bash", "--noediting", "--rcfile", path, "-i", NULL};
    char *plain[] = {"bash", "--rcfile", path, "-i", NULL};
    int master = start(edits ? plain : arguments);
    await_prompt(master);
    double began = now();
    for (int step = 0; step < count; step++) {
        char line[32];
        int length = snprintf(line, sizeof line, "echo step %d\r", step);
        if (write(master, line, length) != length) return 1;
        await_prompt(master);
    }
    printf("%.3f\n", (now() - began) * 1000 / count);
    unlink(path);
    return 0;
}

static int throughput(char *command) {
    char *arguments[] = {"bash", "-c", command, NULL};
    int master = start(arguments);
    static char buffer[65536];
    double began = now(), total = 0;
    for (ssize_t count; (count = read(master, buffer, sizeof buffer)) > 0;) total += count;
    printf("%.1f\n", total / (now() - began) / 1e6);
    return 0;
}

int main(int count, char **arguments) {
    if (count >= 3 && !strcmp(arguments[1], "steps")) return steps(atoi(arguments[2]), count == 3);
    if (count == 3 && !strcmp(arguments[1], "read")) return throughput(arguments[2]);
    return 64;
}
