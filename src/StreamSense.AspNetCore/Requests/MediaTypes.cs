using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace StreamSense.AspNetCore.Requests;

/// <summary>Decides whether a request's body is of a type that an endpoint reads.</summary>
internal static class MediaTypes
{
    /// <summary>NDJSON, and the types under which browsers send it (a beacon of a string is <c>text/plain</c>).</summary>
    public static readonly string[] Ndjson = ["application/x-ndjson", "application/json", "text/plain"];

    /// <summary>Batches of MessagePack.</summary>
    public static readonly string[] MessagePack = ["application/vnd.msgpack", "application/msgpack", "application/x-msgpack"];

    /// <summary>Events in either form.</summary>
    public static readonly string[] Events = [.. Ndjson, .. MessagePack];

    /// <summary>CMCD version 2, event mode.</summary>
    public static readonly string[] Cmcd = ["application/cmcd", "text/cmcd"];

    /// <summary>What webhooks, collectors and logs of other sources come as.</summary>
    public static readonly string[] Sources =
        [.. Ndjson, "text/csv", "text/tab-separated-values", "application/octet-stream", "application/jsonlines"];

    /// <summary>JSON.</summary>
    public static readonly string[] Json = ["application/json"];

    /// <summary>Why the body cannot be read, or null if it can.</summary>
    /// <param name="request">The request.</param>
    /// <param name="accepted">The types that the endpoint reads.</param>
    public static string? Objection(HttpRequest request, string[] accepted)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && !IsIdentity(encoding.ToString()))
        {
            return $"Content-Encoding '{encoding}' is not accepted: send the body uncompressed.";
        }

        string choice = string.Join(", ", accepted);
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return $"The request has no Content-Type: send one of {choice}.";
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !Array.Exists(accepted, name => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            return $"Content-Type '{request.ContentType}' is not accepted: send one of {choice}.";
        }

        return type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? $"The charset '{type.Charset}' is not accepted: send UTF-8."
            : null;
    }

    /// <summary>Whether the body is MessagePack; the type has been accepted.</summary>
    /// <param name="request">The request.</param>
    public static bool IsMessagePack(HttpRequest request) => Objection(request, MessagePack) is null;

    private static bool IsIdentity(string encoding) => encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
}
