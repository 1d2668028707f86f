using System.Collections.Immutable;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Ml.Features;

/// <summary>Makes a <see cref="CatalogueTitle"/> of a <c>title</c> event and its annex.</summary>
/// <remarks>One thread at a time: it keeps a buffer.</remarks>
internal sealed class CatalogueRowReader(Vocabulary vocabulary)
{
    private const int MaxElements = 64;

    private const int MaxBits = 64;

    // The first 63 genres of a catalogue have a bit each; the others share the last one.
    private readonly Dictionary<string, int> _genreBits = new(StringComparer.Ordinal);
    private byte[] _json = new byte[1024];

    public CatalogueTitle Read(in StreamEvent streamEvent, ReadOnlySpan<byte> annex, out bool wellFormed)
    {
        var members = default(Members);
        wellFormed = true;
        if (!annex.IsEmpty)
        {
            try
            {
                ReadMembers(Wrap(annex), ref members);
            }
            catch (Exception defect) when (defect is JsonException or InvalidOperationException)
            {
                wellFormed = false;
            }
        }

        ref readonly TitlePayload payload = ref streamEvent.ReadPayload<TitlePayload>();
        bool hasDuration = payload.DurationMicroseconds > 0 && payload.Type != TitleType.Live;
        return new CatalogueTitle(streamEvent.Title, streamEvent.Time)
        {
            Name = members.Name,
            Type = payload.Type,
            Duration = hasDuration ? TimeSpan.FromMicroseconds(payload.DurationMicroseconds) : null,
            Published = payload.PublishedMicroseconds == Absent.Time ? null : new EventTime(payload.PublishedMicroseconds),
            AvailableFrom = members.AvailableFrom,
            AvailableUntil = members.AvailableUntil,
            Genres = members.Genres.IsDefault ? [] : members.Genres,
            Moods = members.Moods.IsDefault ? [] : members.Moods,
            Cast = members.Cast.IsDefault ? [] : members.Cast,
            Languages = members.Languages.IsDefault ? [] : members.Languages,
            Countries = members.Countries.IsDefault ? [] : members.Countries,
            Series = payload.Series,
            Season = payload.Season == Absent.Number ? null : payload.Season,
            Episode = payload.Episode == Absent.Number ? null : payload.Episode,
            Maturity = members.Maturity,
            GenreBits = members.Genres.IsDefault ? 0 : BitsOf(members.Genres),
        };
    }

    private ulong BitsOf(ImmutableArray<string> genres)
    {
        ulong bits = 0;
        foreach (string genre in genres)
        {
            if (!_genreBits.TryGetValue(genre, out int bit))
            {
                bit = Math.Min(_genreBits.Count, MaxBits - 1);
                if (bit < MaxBits - 1)
                {
                    _genreBits.Add(genre, bit);
                }
            }

            bits |= 1UL << bit;
        }

        return bits;
    }

    // An annex is the members of an object without its braces.
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

    private void ReadMembers(ReadOnlySpan<byte> json, ref Members members)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                members.Name = reader.GetString();
            }
            else if (reader.ValueTextEquals("genres"u8))
            {
                members.Genres = ReadTexts(ref reader);
            }
            else if (reader.ValueTextEquals("moods"u8))
            {
                members.Moods = ReadTextsIfAny(ref reader);
            }
            else if (reader.ValueTextEquals("cast"u8))
            {
                members.Cast = ReadTextsIfAny(ref reader);
            }
            else if (reader.ValueTextEquals("languages"u8))
            {
                members.Languages = ReadTextsIfAny(ref reader);
            }
            else if (reader.ValueTextEquals("maturity"u8))
            {
                reader.Read();
                members.Maturity = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("countries"u8))
            {
                members.Countries = [.. ReadTexts(ref reader).Select(vocabulary.Countries.Intern)];
            }
            else if (reader.ValueTextEquals("availableFrom"u8))
            {
                members.AvailableFrom = ReadTime(ref reader);
            }
            else if (reader.ValueTextEquals("availableUntil"u8))
            {
                members.AvailableUntil = ReadTime(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // Behind the object there is nothing; the reader throws if there is.
        reader.Read();
    }

    private static ImmutableArray<string> ReadTexts(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("An array was expected.");
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string text = reader.GetString() ?? "";
            if (texts.Count < MaxElements)
            {
                texts.Add(text);
            }
        }

        return texts.ToImmutable();
    }

    // Catalogues write these in many shapes; one that is no list of texts is passed over without giving up the row.
    private static ImmutableArray<string> ReadTextsIfAny(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && texts.Count < MaxElements)
            {
                texts.Add(reader.GetString()!);
            }

            reader.Skip();
        }

        return texts.ToImmutable();
    }

    private static EventTime? ReadTime(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out decimal milliseconds)
            && Math.Abs(milliseconds) < EventTime.Latest.UnixMicroseconds)
        {
            return new EventTime((long)decimal.Truncate(milliseconds * EventTime.MicrosecondsPerMillisecond));
        }

        return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time)
            ? EventTime.From(time)
            : throw new JsonException("A time was expected.");
    }

    private struct Members
    {
        public string? Name;
        public ImmutableArray<string> Genres;
        public ImmutableArray<string> Moods;
        public ImmutableArray<string> Cast;
        public ImmutableArray<string> Languages;
        public string? Maturity;
        public ImmutableArray<Symbol> Countries;
        public EventTime? AvailableFrom;
        public EventTime? AvailableUntil;
    }
}
