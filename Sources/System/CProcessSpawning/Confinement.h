// What both files of this module need of confinement.
#pragma once
#include "CProcessSpawning.h"

/// Sets no_new_privs and installs a filter for good. Returns 0, or -1 with errno.
int cps_install_filter(const cps_instruction *instructions, unsigned short count);
