using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StreamSense.AspNetCore.Hosting;
using StreamSense.AspNetCore.Ingest;

namespace StreamSense.AspNetCore;

/// <summary>Reads the CMCD of the requests that a segment server or a proxy answers anyway.</summary>
public static class StreamSenseCmcdMiddleware
{
    /// <summary>Writes a media request for every request with CMCD in its query or its headers.</summary>
    /// <remarks>
    /// With status, bytes of the body, times to the first and the last byte. Place it before what answers the requests. Requests are
    /// neither delayed nor changed; addresses and user agents go to the host's look-ups and no further. Where the pipeline has no room
    /// the event is refused and counted. With CMCD headers the query argument does not count (CTA-5004-B).
    /// </remarks>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><c>AddStreamSense</c> was not called.</exception>
    public static IApplicationBuilder UseStreamSenseCmcd(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        StreamSenseHost host = app.ApplicationServices.GetService<StreamSenseHost>()
            ?? throw new InvalidOperationException("Call builder.Services.AddStreamSense() before UseStreamSenseCmcd().");
        return app.Use(next => new CmcdMiddleware(next, host).InvokeAsync);
    }
}
