#!/bin/sh
# Asks a server by curl where something is in a photo, and prints its answer.
#
#   ./deixis serve &
#   examples/ground.sh http://localhost:8080 web/public/examples/yellow-taxis.jpg "a yellow taxi"
set -eu
curl --fail-with-body --silent --show-error -F "image=@$2" -F "phrase=$3" "$1/v1/ground"
