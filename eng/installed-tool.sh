#!/usr/bin/env bash
# installed-tool.sh PACKAGES FOLDER: installs the packed tool into FOLDER and measures a small file with it.
set -euo pipefail
packages=$1 folder=$2
version=$(basename "$(ls "$packages"/StreamSense.Tool.*.nupkg | head -n 1)" .nupkg)
version=${version#StreamSense.Tool.}
rm -rf "$folder"
mkdir -p "$folder"
export NUGET_PACKAGES="$folder/cache"
cat >"$folder/nuget.config" <<XML
<configuration><packageSources><clear /><add key="local" value="$packages" /></packageSources></configuration>
XML
dotnet tool install StreamSense.Tool --version "$version" --tool-path "$folder/bin" --configfile "$folder/nuget.config"

cat >"$folder/events.ndjson" <<'NDJSON'
{"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"v1","title":"film-42"}
{"kind":"playback_start","time":"2026-03-01T20:00:01.2Z","view":"v1"}
{"kind":"playback_end","time":"2026-03-01T20:30:00Z","view":"v1","reason":"quit"}
NDJSON
"$folder/bin/streamsense" measure --json "$folder/events.ndjson" >"$folder/report.json"
grep -q '"plays": 1,' "$folder/report.json"
grep -q '"watchSeconds": 1800,' "$folder/report.json"

status=0
"$folder/bin/streamsense" measure "$folder/missing.ndjson" 2>"$folder/error.txt" || status=$?
[ "$status" = 2 ] && [ "$(wc -l <"$folder/error.txt")" = 1 ]
echo "streamsense $version measured a file and refused a missing one"
