using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;

namespace StreamSense.AspNetCore.Requests;

/// <summary>Says of a request what its records may not say: where it came from, on what, and what it takes away.</summary>
/// <remarks>Address and user agent are shown to the host's look-ups and go no further. Thread-safe if those are.</remarks>
/// <param name="options">The host's look-ups.</param>
internal sealed class RequestOrigin(RequestOriginOptions options)
{
    private const string GlobalPrivacyControl = "Sec-GPC";

    /// <summary>What is known of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="receivedAt">When it was received.</param>
    public IngestOrigin Of(HttpContext context, EventTime receivedAt)
    {
        NetworkPlace? place = PlaceOf(context.Connection.RemoteIpAddress);
        var origin = new IngestOrigin
        {
            ReceivedAt = receivedAt,
            Withheld = WithheldBy(context.Request),
            Country = place?.Country,
            Asn = place?.Asn,
            Isp = place?.Isp,
            DeviceKind = DeviceKindOf(context.Request),
        };
        return options.Refine is { } refine ? refine(context, origin) : origin;
    }

    /// <summary>The purposes that a request takes away: under <c>Sec-GPC: 1</c>, and no other value, passing on to third parties.</summary>
    public static ConsentPurposes WithheldBy(HttpRequest request) =>
        request.Headers.TryGetValue(GlobalPrivacyControl, out StringValues signal) && signal is ["1"]
            ? ConsentPurposes.Sharing
            : ConsentPurposes.None;

    private NetworkPlace? PlaceOf(IPAddress? address) =>
        address is null || options.LookUpAddress is not { } lookUp
            ? null
            : lookUp(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private string? DeviceKindOf(HttpRequest request) =>
        options.ClassifyUserAgent is { } classify && request.Headers.UserAgent is [{ Length: > 0 } userAgent] ? classify(userAgent) : null;
}
