#!/usr/bin/env bash
# The picture of the report for the README: `make screenshot`. Needs Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
"${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
    --window-size=1180,1180 --screenshot=docs/report.png "file://$PWD/outputs/report/index.html" 2>/dev/null
