// librdkafka: the message broker.
#include <librdkafka/rdkafka.h>
