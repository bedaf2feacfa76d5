#!/bin/bash
# Whether the service and what it depends on are ready. In Bash alone: run every second, it should cost next to nothing.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${APP_PORT:-9001}"
printf 'GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
