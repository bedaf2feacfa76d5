// cmark-gfm: GitHub flavoured Markdown, for the block structure of lesson pages.
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
