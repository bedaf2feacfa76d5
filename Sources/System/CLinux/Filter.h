// How a filter of system calls is installed, for the child that is about to run a program.
#pragma once
#include "Processes.h"

/// Sets no_new_privs and installs a filter for good. Returns 0, or -1 with errno.
int linux_install_filter(const linux_filter_instruction *instructions, unsigned short count);
