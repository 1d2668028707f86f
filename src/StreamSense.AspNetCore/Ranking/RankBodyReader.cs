using System.Buffers;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.AspNetCore.Ranking;

/// <summary>Reads the body of <c>POST rank</c> and says exactly what is wrong with one that it refuses.</summary>
/// <remarks>Unknown members are ignored, so that clients may be newer than the server.</remarks>
internal static class RankBodyReader
{
    /// <summary>The longest id that is taken, in UTF-8 bytes: as long as in events.</summary>
    private const int MaxTextBytes = 512;

    /// <summary>Reads a body.</summary>
    /// <param name="json">The body.</param>
    /// <param name="body">What was asked.</param>
    /// <param name="objection">What is wrong, for a person; null if nothing is.</param>
    public static bool TryRead(in ReadOnlySequence<byte> json, out RankBody body, out string? objection)
    {
        body = new RankBody();
        try
        {
            var reader = new Utf8JsonReader(json);
            objection = ReadObject(ref reader, body);
        }
        catch (JsonException broken)
        {
            objection = $"The body is no JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.";
        }
        catch (InvalidOperationException)
        {
            objection = "The body holds text that is no UTF-8.";
        }

        return objection is null;
    }

    private static string? ReadObject(ref Utf8JsonReader reader, RankBody body)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "The body is one JSON object.";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null && ReadMember(ref reader, name, body) is { } objection)
            {
                return $"{name}: {objection}";
            }
        }

        // Reading on lets the reader object to what follows the object.
        return reader.Read() ? "The body is one JSON object." : null;
    }

    private static string? ReadMember(ref Utf8JsonReader reader, string name, RankBody body)
    {
        switch (name)
        {
            case "count":
                return ReadCount(ref reader, body);
            case "consent":
                return ReadConsent(ref reader, body);
            case "maxAge":
                return ReadMaxAge(ref reader, body);
            case "kids":
                body.Kids = reader.TokenType == JsonTokenType.True;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : "expected true or false.";
            case "explain":
                body.Explain = reader.TokenType == JsonTokenType.True;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : "expected true or false.";
            case "surface" or "request" or "viewer" or "household" or "device" or "visit" or "country" or "deviceKind" or "app":
                if (reader.TokenType != JsonTokenType.String)
                {
                    return "expected a string.";
                }

                string text = reader.GetString()!;
                if (text.Length == 0
                    || System.Text.Encoding.UTF8.GetByteCount(text) > MaxTextBytes
                    || text.Contains('\0', StringComparison.Ordinal))
                {
                    return $"expected 1 to {MaxTextBytes} bytes without U+0000.";
                }

                Assign(body, name, text);
                return null;
            default:
                reader.Skip();
                return null;
        }
    }

    private static string? ReadCount(ref Utf8JsonReader reader, RankBody body)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int count) || count < 1)
        {
            return "expected a whole number of at least 1.";
        }

        body.Count = count;
        return null;
    }

    private static string? ReadMaxAge(ref Utf8JsonReader reader, RankBody body)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int age) || age < 0)
        {
            return "expected a whole number of at least 0.";
        }

        body.MaxAge = age;
        return null;
    }

    private static string? ReadConsent(ref Utf8JsonReader reader, RankBody body)
    {
        const string Expected = "expected an array of measurement, personalisation, sharing, social.";
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Expected;
        }

        var granted = ConsentPurposes.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ConsentPurposes purpose = reader.TokenType != JsonTokenType.String ? ConsentPurposes.None : reader.GetString() switch
            {
                "measurement" => ConsentPurposes.Measurement,
                "personalisation" => ConsentPurposes.Personalisation,
                "sharing" => ConsentPurposes.Sharing,
                "social" => ConsentPurposes.Social,
                _ => ConsentPurposes.None,
            };
            if (purpose == ConsentPurposes.None)
            {
                return Expected;
            }

            granted |= purpose;
        }

        body.Consent = granted;
        return null;
    }

    private static void Assign(RankBody body, string name, string text)
    {
        switch (name)
        {
            case "surface":
                body.Surface = text;
                break;
            case "request":
                body.Request = text;
                break;
            case "viewer":
                body.Viewer = text;
                break;
            case "household":
                body.Household = text;
                break;
            case "device":
                body.Device = text;
                break;
            case "visit":
                body.Visit = text;
                break;
            case "country":
                body.Country = text;
                break;
            case "deviceKind":
                body.DeviceKind = text;
                break;
            default:
                body.App = text;
                break;
        }
    }
}
