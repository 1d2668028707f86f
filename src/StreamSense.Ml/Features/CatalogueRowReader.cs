using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Ml.Features;

/// <summary>Makes a <see cref="CatalogueTitle"/> of a <c>title</c> event and its annex.</summary>
/// <remarks>One thread at a time: its reader of texts keeps a buffer.</remarks>
internal sealed class CatalogueRowReader(Vocabulary vocabulary)
{
    private const int MaxBits = 64;

    // The first 63 genres of a catalogue have a bit each; the others share the last one.
    private readonly Dictionary<string, int> _genreBits = new(StringComparer.Ordinal);
    private readonly TitleTextReader _texts = new();

    /// <summary>Reads a row.</summary>
    /// <param name="streamEvent">The event.</param>
    /// <param name="annex">Its annex.</param>
    /// <param name="wellFormed">Whether all of the annex could be read.</param>
    public CatalogueTitle Read(in StreamEvent streamEvent, ReadOnlySpan<byte> annex, out bool wellFormed)
    {
        TitleTexts texts = _texts.Read(annex, out wellFormed);
        ref readonly TitlePayload payload = ref streamEvent.ReadPayload<TitlePayload>();
        bool hasDuration = payload.DurationMicroseconds > 0 && payload.Type != TitleType.Live;
        return new CatalogueTitle(streamEvent.Title, streamEvent.Time)
        {
            Name = texts.Name,
            Type = payload.Type,
            Duration = hasDuration ? TimeSpan.FromMicroseconds(payload.DurationMicroseconds) : null,
            Published = payload.PublishedMicroseconds == Absent.Time ? null : new EventTime(payload.PublishedMicroseconds),
            AvailableFrom = texts.AvailableFrom,
            AvailableUntil = texts.AvailableUntil,
            Genres = texts.Genres,
            Moods = texts.Moods,
            Cast = texts.Cast,
            Languages = texts.Languages,
            Countries = [.. texts.Countries.Select(vocabulary.Countries.Intern)],
            Series = payload.Series,
            Season = payload.Season == Absent.Number ? null : payload.Season,
            Episode = payload.Episode == Absent.Number ? null : payload.Episode,
            Maturity = texts.Maturity,
            GenreBits = BitsOf(texts.Genres),
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
}
