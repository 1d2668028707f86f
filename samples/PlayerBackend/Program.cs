using PlayerBackend.Media;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<MediaPace>();

string cataloguePath = Path.Combine(builder.Environment.ContentRootPath, "catalogue.ndjson");

WebApplication app = builder.Build();
app.UseDefaultFiles();
app.MapPacedMedia();
app.MapGet("/catalogue.ndjson", () => Results.File(cataloguePath, "application/x-ndjson"));
app.UseStaticFiles();
app.Run();
