using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace StreamSense.AspNetCore.Requests;

/// <summary>Answers with problem details (RFC 9457): what is wrong with this request, in words that name the field and the rule.</summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";

    /// <summary>Writes a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status code.</param>
    /// <param name="detail">What is wrong, for a person.</param>
    /// <param name="extend">Adds members of its own to the object, or null.</param>
    public static Task WriteAsync(HttpContext context, int status, string detail, Action<Utf8JsonWriter>? extend = null) =>
        JsonAnswer.WriteAsync(context, status, ContentType, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "about:blank"u8);
            writer.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(status));
            writer.WriteNumber("status"u8, status);
            writer.WriteString("detail"u8, detail);
            extend?.Invoke(writer);
            writer.WriteEndObject();
        });

    /// <summary>Writes a problem that passes: the sender may try again after a while.</summary>
    /// <param name="context">The request.</param>
    /// <param name="detail">What is wrong, for a person.</param>
    /// <param name="retryAfter">When to try again.</param>
    /// <param name="extend">Adds members of its own to the object, or null.</param>
    public static Task WriteBusyAsync(HttpContext context, string detail, TimeSpan retryAfter, Action<Utf8JsonWriter>? extend = null)
    {
        var seconds = (long)Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds));
        context.Response.Headers[HeaderNames.RetryAfter] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, detail, extend);
    }
}
