using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>The CMCD that a request carries, as it stands there.</summary>
/// <param name="Query">The query; null where headers hold the CMCD.</param>
/// <param name="Object">The header <c>CMCD-Object</c>.</param>
/// <param name="Request">The header <c>CMCD-Request</c>.</param>
/// <param name="Session">The header <c>CMCD-Session</c>.</param>
/// <param name="Status">The header <c>CMCD-Status</c>.</param>
internal readonly record struct CmcdCarrier(
    string? Query, StringValues Object, StringValues Request, StringValues Session, StringValues Status)
{
    /// <summary>Finds the CMCD of a request; where there are headers, the query does not count.</summary>
    /// <param name="request">The request.</param>
    /// <param name="carrier">What it carries.</param>
    /// <returns>Whether it carries any.</returns>
    public static bool TryFind(HttpRequest request, out CmcdCarrier carrier)
    {
        IHeaderDictionary headers = request.Headers;
        bool hasHeaders = headers.TryGetValue("CMCD-Object", out StringValues @object);
        hasHeaders |= headers.TryGetValue("CMCD-Request", out StringValues requestShard);
        hasHeaders |= headers.TryGetValue("CMCD-Session", out StringValues session);
        hasHeaders |= headers.TryGetValue("CMCD-Status", out StringValues status);
        string? query = hasHeaders ? null : request.QueryString.Value;
        carrier = new CmcdCarrier(query, @object, requestShard, session, status);
        return hasHeaders || (query is not null && query.Contains("CMCD=", StringComparison.Ordinal));
    }
}
