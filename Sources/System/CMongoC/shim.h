// The MongoDB C driver: the read source.
#include <mongoc/mongoc.h>
