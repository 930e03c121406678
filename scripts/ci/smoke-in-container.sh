#!/usr/bin/env bash
# Runs the smoke suite in a container that has Node.js and nothing else: `bash scripts/ci/smoke-in-container.sh node:24-alpine`.
# The binary for it is in the checkout's folder, as `npm run build` puts it there.
set -euo pipefail
cd "$(dirname "$0")/../.."

image=${1:?usage: smoke-in-container.sh IMAGE}
docker run --rm --network none --volume "$PWD:/package:ro" --workdir /package "$image" node __test__/smoke/main.mjs
