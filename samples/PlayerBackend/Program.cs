using PlayerBackend.Live;
using PlayerBackend.Media;
using StreamSense.AspNetCore;
using StreamSense.Core;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Privacy;
using StreamSense.Sinks.Files;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
if (string.IsNullOrEmpty(builder.Configuration["urls"]))
{
    builder.WebHost.UseUrls("http://127.0.0.1:5080");
}

builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

string root = builder.Environment.ContentRootPath;
string data = Path.GetFullPath(builder.Configuration["data"] ?? "data", root);
string events = Path.Combine(data, "events");
string catalogue = Path.Combine(root, "catalogue.ndjson");
var audience = new LiveAudience();

// What arrives is kept in files under ./data; at the next start it is read back, so that the same numbers stand there again.
builder.Services.AddStreamSense(options =>
{
    // Whoever opens the sample has agreed to be measured and to get recommendations; a service asks, and sends each event's consent.
    options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation);

    // The films are a minute long: five seconds are enough to want to go on.
    options.Recommender.History.MinimumProgress = TimeSpan.FromSeconds(5);
    options.Pipeline = pipeline => pipeline
        .PseudonymiseWith(PseudonymKey.LoadOrCreate(Path.Combine(data, "pseudonym.key")))
        .ReplayFrom(new NdjsonFileSource(events))
        .ObserveViews(audience)
        .DeliverTo(names => new NdjsonFileSink(events, names));
});
builder.Services.AddSingleton(audience);
builder.Services.AddSingleton<MediaPace>();
builder.Services.AddSingleton<LiveFeed>();
builder.Services.AddHostedService(services => services.GetRequiredService<LiveFeed>());

WebApplication app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapStreamSense("/streamsense");
app.MapPacedMedia();
app.MapGet("/live", (RequestDelegate)app.Services.GetRequiredService<LiveFeed>().ServeAsync);
app.MapGet("/catalogue.ndjson", () => Results.File(catalogue, "application/x-ndjson"));

app.Lifetime.ApplicationStarted.Register(() =>
{
    LoadCatalogue(app.Services.GetRequiredService<StreamSensePipeline>(), catalogue);
    foreach (string url in app.Urls)
    {
        Console.WriteLine($"Open {url}/ to watch, {url}/dashboard.html to see what is measured.");
    }
});
app.Run();

// The titles are events, too; those that were read back already are known as duplicates.
static void LoadCatalogue(StreamSensePipeline pipeline, string path)
{
    using NdjsonDoor door = pipeline.RentNdjson();
    door.Ingest.Begin();
    door.Ingest.Feed(File.ReadAllBytes(path));
    IngestResult result = door.Ingest.Complete();
    foreach (IngestError error in result.Errors)
    {
        Console.Error.WriteLine($"{path}: {error}");
    }
}
