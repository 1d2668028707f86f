using System.Buffers;
using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace PlayerBackend.Media;

/// <summary>Serves the HLS ladder at the pace of the throttle switch.</summary>
internal static class PacedMedia
{
    private const int ChunkBytes = 1024;

    private static readonly FileExtensionContentTypeProvider ContentTypes = new()
    {
        Mappings = { [".m3u8"] = "application/vnd.apple.mpegurl", [".m4s"] = "video/iso.segment" },
    };

    /// <summary>Maps <c>/media/…</c> and the switch, <c>/throttle</c>.</summary>
    /// <param name="app">The application.</param>
    public static void MapPacedMedia(this WebApplication app)
    {
        app.MapGet("/media/{**path}", (RequestDelegate)ServeAsync);
        app.MapGet("/throttle", (MediaPace pace) => Told(pace));
        app.MapPost("/throttle", (MediaPace pace, int kbps) =>
        {
            if (kbps is < 0 or > 1_000_000)
            {
                return Results.Text(
                    "kbps is a number from 0 (as fast as possible) to 1000000.", statusCode: StatusCodes.Status400BadRequest);
            }

            pace.Kbps = kbps;
            return Told(pace);
        });
    }

    private static IResult Told(MediaPace pace) =>
        Results.Text(string.Create(CultureInfo.InvariantCulture, $"{{\"kbps\":{pace.Kbps}}}"), MediaTypeNames.Application.Json);

    private static async Task ServeAsync(HttpContext context)
    {
        var environment = context.RequestServices.GetRequiredService<IWebHostEnvironment>();
        IFileInfo file = environment.WebRootFileProvider.GetFileInfo($"media/{context.Request.RouteValues["path"]}");
        if (!file.Exists || file.IsDirectory || !ContentTypes.TryGetContentType(file.Name, out string? contentType))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = contentType;
        context.Response.ContentLength = file.Length;
        // A segment from the browser's cache would come past the throttle.
        context.Response.Headers.CacheControl = "no-store";
        await using Stream source = file.CreateReadStream();
        await CopyAsync(source, context.Response, context.RequestServices, context.RequestAborted);
    }

    private static async Task CopyAsync(Stream source, HttpResponse response, IServiceProvider services, CancellationToken aborted)
    {
        var pace = services.GetRequiredService<MediaPace>();
        var clock = services.GetRequiredService<TimeProvider>();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            while ((read = await source.ReadAsync(chunk.AsMemory(0, ChunkBytes), aborted)) > 0)
            {
                TimeSpan wait;
                while ((wait = pace.Take(read)) > TimeSpan.Zero)
                {
                    await response.Body.FlushAsync(aborted);
                    await Task.Delay(wait, clock, aborted);
                }

                await response.Body.WriteAsync(chunk.AsMemory(0, read), aborted);
            }
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The player gave the segment up, as it does when it switches down.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
