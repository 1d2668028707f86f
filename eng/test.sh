#!/usr/bin/env bash
# Runs every test and ends with one line: N passed, N failed[, N skipped].
#
# Browser- and server-backed tests skip, with the reason, where what they need is missing. As root on a machine with apt this script
# installs that first; without a network it goes on without. STREAMSENSE_REQUIRE_SERVICES=1 turns such a skip into a failure.
# Arguments go to `dotnet test`, for example: ./eng/test.sh --filter FullyQualifiedName~Sessions
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
configuration=Release
results=artifacts/test-results

install_missing() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
  local wanted=()
  command -v chromium >/dev/null || wanted+=(chromium)
  [ -n "$(find /usr/share/fonts -name '*.ttf' -print -quit 2>/dev/null)" ] || wanted+=(fonts-dejavu-core)
  command -v node >/dev/null || wanted+=(nodejs)
  command -v npm >/dev/null || wanted+=(npm)
  command -v ffmpeg >/dev/null || wanted+=(ffmpeg)
  /usr/bin/python3 -c 'import xgboost' 2>/dev/null || wanted+=(python3-xgboost)
  [ ${#wanted[@]} -gt 0 ] || return 0
  echo "Installing ${wanted[*]} ..."
  export DEBIAN_FRONTEND=noninteractive
  { timeout 120 apt-get update -qq && timeout 420 apt-get install -y -qq --no-install-recommends "${wanted[@]}"; } >/dev/null 2>&1 ||
    echo "Could not install ${wanted[*]}: the tests that need it say so."
}

# Players and codecs that others wrote, to compare with.
install_peers() {
  command -v npm >/dev/null && [ ! -d tests/peers/node_modules/shaka-player ] || return 0
  echo "Installing the packages of tests/peers ..."
  timeout 240 npm install --prefix tests/peers --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null 2>&1 ||
    echo "Could not install them: the tests that need them say so."
}

# One number from the counters of a .trx file.
counter() { grep -oE "<Counters [^>]*" "$1" | grep -oE " $2=\"[0-9]+\"" | grep -oE '[0-9]+' || echo 0; }

install_missing
install_peers
timeout 1200 dotnet build StreamSense.sln -c "$configuration" -v q

rm -rf "$results"
passed=0 failed=0 skipped=0
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  status=0
  timeout 900 dotnet test "$project" -c "$configuration" --no-build -v q \
    --results-directory "$results" --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" "$@" || status=$?
  trx="$results/$name.trx"
  if [ ! -f "$trx" ]; then
    # A test host that dies writes no result: that is a failure, not an absence.
    [ "$status" = 0 ] || { failed=$((failed + 1)); echo "$name: no result (exit code $status)"; }
    continue
  fi
  total=$(counter "$trx" total) ok=$(counter "$trx" passed) executed=$(counter "$trx" executed)
  bad=$((executed - ok))
  [ "$status" = 0 ] || [ "$bad" -gt 0 ] || bad=1
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - executed))
done

[ "$skipped" = 0 ] && tail="" || tail=", $skipped skipped"
echo "$passed passed, $failed failed$tail"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
