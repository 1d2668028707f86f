#!/usr/bin/env bash
# consumer.sh PACKAGES FOLDER: restores, builds and runs a project that knows this repository by its packages alone.
#
# The project is made anew under FOLDER, with its own (empty) props, so that nothing of the repository's build applies to it, and with a
# package cache of its own, so that no package of an earlier run is taken for the present one.
set -euo pipefail
packages=$1 folder=$2
[ -d "$packages" ] || { echo "There is no folder $packages."; exit 2; }
version=$(basename "$(ls "$packages"/StreamSense.Core.*.nupkg | head -n 1)" .nupkg)
version=${version#StreamSense.Core.}
rm -rf "$folder"
mkdir -p "$folder/app"
export NUGET_PACKAGES="$folder/cache"

echo '<Project />' | tee "$folder/Directory.Build.props" "$folder/Directory.Build.targets" "$folder/Directory.Packages.props" >/dev/null
cat >"$folder/nuget.config" <<XML
<configuration>
  <packageSources>
    <clear />
    <add key="local" value="$packages" />
    <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
  </packageSources>
  <packageSourceMapping>
    <packageSource key="local"><package pattern="StreamSense.*" /></packageSource>
    <packageSource key="nuget.org"><package pattern="*" /></packageSource>
  </packageSourceMapping>
</configuration>
XML
{
  echo '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework>'
  echo '<Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><TreatWarningsAsErrors>true</TreatWarningsAsErrors>'
  echo '<InvariantGlobalization>true</InvariantGlobalization><NuGetAudit>false</NuGetAudit></PropertyGroup><ItemGroup>'
  for package in Core Ml Sinks AspNetCore Testing; do
    echo "<PackageReference Include=\"StreamSense.$package\" Version=\"$version\" />"
  done
  echo '</ItemGroup></Project>'
} >"$folder/app/app.csproj"

cat >"$folder/app/Program.cs" <<'CSHARP'
using System.Text;
using System.Text.Json;
using StreamSense.AspNetCore;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Ml.Models;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Training.Interactions;
using StreamSense.Sinks.Memory;
using StreamSense.Testing.Scripts;

// Core, Ml, Sinks, AspNetCore and Testing in one host: a scripted view goes in by HTTP, its metrics come out.
var sink = new MemorySink();
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddStreamSense(options =>
{
    options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation);
    options.Pipeline = pipeline => pipeline.DeliverTo(sink);
});
await using WebApplication app = builder.Build();
app.MapStreamSense("/streamsense");
await app.StartAsync();

ViewScript script = ViewScript.Start("view-1").Title("film-42").Viewer("viewer-1").Request().Wait(1).Play(60).Stall(2).Play(60).End("quit");
string body = string.Join('\n', script.Select(scripted => scripted.Line));

using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
using HttpResponseMessage answer = await client.PostAsync("/streamsense/events", content);
answer.EnsureSuccessStatusCode();

long stalls = 0;
using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
while (stalls == 0)
{
    using JsonDocument report = JsonDocument.Parse(await client.GetStringAsync("/streamsense/metrics?by=title", patience.Token));
    stalls = report.RootElement.GetProperty("metrics").GetProperty("stalls").GetInt64();
    await Task.Delay(50, patience.Token);
}

// A model goes through its file and scores as before; its bits are those of any machine, and of native code.
var data = new InteractionMatrix(40, 20, Enumerable.Range(0, 200).Select(i => new Interaction(i % 40, ((i * i) + (i / 3)) % 20, 1, default)).DistinctBy(i => (i.User, i.Item)));
TitleModel trained = new(new BprTrainer().Train(data), [.. Enumerable.Range(0, 20).Select(i => $"film-{i}")]);
using var file = new MemoryStream();
ModelFile.Create(new ModelCard { Name = "home", Version = "1" }, trained, ModelCodecs.Collaborative(ModelKinds.Bpr)).Write(file);
file.Position = 0;
IInteractionModel model = ModelFile.Read(file, "memory").Decode(ModelCodecs.Collaborative(ModelKinds.Bpr)).Model;
var scores = new float[model.Items];
model.Score(7, data.ItemsOf(7), data.ValuesOf(7), scores, new byte[model.ScratchBytes]);

Console.WriteLine($"{stalls} stall measured; ranked by {typeof(IRanker).Assembly.GetName().Name}; scores {string.Join(' ', scores[..4])}");
return stalls == 1 ? 0 : 1;
CSHARP

cd "$folder/app"
dotnet restore --configfile "$folder/nuget.config" -v q
dotnet build --no-restore -c Release -v q
dotnet run --no-build -c Release
