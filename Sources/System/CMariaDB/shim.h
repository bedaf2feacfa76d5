// MariaDB Connector/C: the write source.
#include <mysql.h>
