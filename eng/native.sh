#!/usr/bin/env bash
# native.sh FOLDER: publishes the project that consumer.sh left in FOLDER as native code, runs it, and compares what it says with what it says
# on the runtime.
#
# The packages are compiled whole, not only what the project reaches, and a warning of trimming or of native code is an error.
set -euo pipefail
folder=$1
[ -f "$folder/app/bin/Release/net10.0/app.dll" ] || { echo "There is no built project in $folder; run consumer.sh first."; exit 2; }
linker=clang
if ! command -v clang >/dev/null; then
  linker=gcc
  command -v gcc >/dev/null || { echo "Native code needs clang or gcc as its linker; neither is there."; exit 2; }
fi
export NUGET_PACKAGES="$folder/cache"

cat >"$folder/Directory.Build.targets" <<'XML'
<Project>
  <ItemGroup Condition="'$(PublishAot)' == 'true'">
    <TrimmerRootAssembly Include="StreamSense.Core;StreamSense.Ml;StreamSense.Sinks;StreamSense.AspNetCore;StreamSense.Testing" />
  </ItemGroup>
</Project>
XML

cd "$folder/app"
expected=$(dotnet bin/Release/net10.0/app.dll | tail -n 1)
rm -rf "$folder/native"
dotnet publish -c Release --use-current-runtime --configfile "$folder/nuget.config" -o "$folder/native" -v q \
  -p:PublishAot=true -p:TrimmerSingleWarn=false -p:NativeDebugSymbols=false -p:CppCompilerAndLinker=$linker
said=$("$folder/native/app" | tail -n 1)
if [ "$said" != "$expected" ]; then
  echo "on the runtime: $expected"
  echo "in native code: $said"
  exit 1
fi

echo "$said"
echo "the same in $(du -m "$folder/native/app" | cut -f1) MB of native code"
