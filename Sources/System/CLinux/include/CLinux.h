// What Swift's Glibc module lacks of Linux: variadic calls, calls without a wrapper, and constants behind casts.
//
// No header of the system that declares types is included here: Swift would take `pid_t` and its like for types of this module,
// and a file that imports both modules could not say which of the two a public function's type comes from.
#pragma once
#include "Files.h"
#include "Processes.h"
#include "Terminals.h"
