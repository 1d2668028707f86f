using System.Collections.Immutable;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Titles;

/// <summary>Reads the annex of <c>title</c> events.</summary>
/// <remarks>
/// One thread at a time: it keeps a buffer. Reads what can be read of a row that has members of the wrong shape, and says so: a genre, a
/// country or a time of the wrong shape is a defect; moods, cast, languages and ratings, which catalogues write in many shapes, are
/// passed over. Of an array the first 64 texts count.
/// </remarks>
public sealed class TitleTextReader
{
    private const int MaxElements = 64;

    private byte[] _json = new byte[1024];

    /// <summary>Reads an annex.</summary>
    /// <param name="annex">The members of an object, without its braces.</param>
    /// <param name="wellFormed">False if something in it could not be read; the rest is given all the same.</param>
    public TitleTexts Read(ReadOnlySpan<byte> annex, out bool wellFormed)
    {
        wellFormed = true;
        if (annex.IsEmpty)
        {
            return TitleTexts.None;
        }

        TitleTexts texts = TitleTexts.None;
        try
        {
            var reader = new Utf8JsonReader(Wrap(annex));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                texts = ReadMember(ref reader, texts, ref wellFormed);
            }

            // Behind the object there is nothing; the reader throws if there is.
            reader.Read();
        }
        catch (Exception defect) when (defect is JsonException or InvalidOperationException)
        {
            wellFormed = false;
        }

        return texts;
    }

    private static TitleTexts ReadMember(ref Utf8JsonReader reader, TitleTexts texts, ref bool wellFormed)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            return texts with { Name = ReadText(ref reader, ref wellFormed) };
        }

        if (reader.ValueTextEquals("edit"u8))
        {
            return texts with { Edit = ReadTextIfAny(ref reader) };
        }

        if (reader.ValueTextEquals("maturity"u8))
        {
            return texts with { Maturity = ReadTextIfAny(ref reader) };
        }

        if (reader.ValueTextEquals("genres"u8))
        {
            return texts with { Genres = ReadTexts(ref reader, ref wellFormed) };
        }

        if (reader.ValueTextEquals("countries"u8))
        {
            return texts with { Countries = ReadTexts(ref reader, ref wellFormed) };
        }

        bool ignored = true;
        if (reader.ValueTextEquals("moods"u8))
        {
            return texts with { Moods = ReadTexts(ref reader, ref ignored) };
        }

        if (reader.ValueTextEquals("cast"u8))
        {
            return texts with { Cast = ReadTexts(ref reader, ref ignored) };
        }

        if (reader.ValueTextEquals("languages"u8))
        {
            return texts with { Languages = ReadTexts(ref reader, ref ignored) };
        }

        if (reader.ValueTextEquals("availableFrom"u8))
        {
            return texts with { AvailableFrom = ReadTime(ref reader, ref wellFormed) };
        }

        if (reader.ValueTextEquals("availableUntil"u8))
        {
            return texts with { AvailableUntil = ReadTime(ref reader, ref wellFormed) };
        }

        reader.Read();
        reader.Skip();
        return texts;
    }

    private static string? ReadText(ref Utf8JsonReader reader, ref bool wellFormed)
    {
        string? text = ReadTextIfAny(ref reader);
        wellFormed &= text is not null || reader.TokenType == JsonTokenType.Null;
        return text;
    }

    private static string? ReadTextIfAny(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text;
    }

    private static ImmutableArray<string> ReadTexts(ref Utf8JsonReader reader, ref bool wellFormed)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            wellFormed &= reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bool isText = reader.TokenType == JsonTokenType.String;
            wellFormed &= isText || reader.TokenType == JsonTokenType.Null;
            if (isText && texts.Count < MaxElements)
            {
                texts.Add(reader.GetString()!);
            }

            reader.Skip();
        }

        return texts.DrainToImmutable();
    }

    private static EventTime? ReadTime(ref Utf8JsonReader reader, ref bool wellFormed)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out decimal milliseconds)
            && Math.Abs(milliseconds) < EventTime.Latest.UnixMicroseconds)
        {
            return new EventTime((long)decimal.Truncate(milliseconds * EventTime.MicrosecondsPerMillisecond));
        }

        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time))
        {
            return EventTime.From(time);
        }

        wellFormed &= reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return null;
    }

    private ReadOnlySpan<byte> Wrap(ReadOnlySpan<byte> annex)
    {
        int length = annex.Length + 2;
        if (_json.Length < length)
        {
            _json = new byte[length];
        }

        _json[0] = (byte)'{';
        annex.CopyTo(_json.AsSpan(1));
        _json[length - 1] = (byte)'}';
        return _json.AsSpan(0, length);
    }
}
