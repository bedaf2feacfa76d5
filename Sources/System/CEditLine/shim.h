// libedit: line editing and history for the shells.
#include <editline/readline.h>
