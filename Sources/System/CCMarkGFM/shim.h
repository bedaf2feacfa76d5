// cmark-gfm: CommonMark with GitHub's tables, strikethrough and autolinks, for pages that are shown.
#include <stdlib.h>
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
