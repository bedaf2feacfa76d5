// libvterm: the terminal emulator that answers for every lesson terminal.
#include <vterm.h>
