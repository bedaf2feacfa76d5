// libmd: SHA-256 and other message digests.
#include <sha2.h>
