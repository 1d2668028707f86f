using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>A title as the catalogue knows it.</summary>
/// <remarks>Immutable. A later catalogue row gives a new object.</remarks>
public sealed class CatalogueTitle
{
    internal CatalogueTitle(TitleId id, EventTime updated)
    {
        Id = id;
        Updated = updated;
    }

    /// <summary>The title.</summary>
    public TitleId Id { get; }

    /// <summary>The event time of the row.</summary>
    public EventTime Updated { get; }

    /// <summary>The name that people read, or null.</summary>
    public string? Name { get; internal init; }

    /// <summary>What kind of content it is.</summary>
    public TitleType Type { get; internal init; }

    /// <summary>The length of the content, or null if it is not known or the title is live.</summary>
    public TimeSpan? Duration { get; internal init; }

    /// <summary>When it was published, or null.</summary>
    public EventTime? Published { get; internal init; }

    /// <summary>From when on it may be shown, or null for always.</summary>
    public EventTime? AvailableFrom { get; internal init; }

    /// <summary>Until when it may be shown (exclusive), or null for ever.</summary>
    public EventTime? AvailableUntil { get; internal init; }

    /// <summary>The genres.</summary>
    public ImmutableArray<string> Genres { get; internal init; } = [];

    /// <summary>The moods.</summary>
    public ImmutableArray<string> Moods { get; internal init; } = [];

    /// <summary>Who is to be seen or heard.</summary>
    public ImmutableArray<string> Cast { get; internal init; } = [];

    /// <summary>The languages there are of it.</summary>
    public ImmutableArray<string> Languages { get; internal init; } = [];

    /// <summary>The series it belongs to, or none.</summary>
    public TitleId Series { get; internal init; }

    /// <summary>The season of the series, or null.</summary>
    public int? Season { get; internal init; }

    /// <summary>The episode of the season, or null.</summary>
    public int? Episode { get; internal init; }

    /// <summary>The maturity rating as the catalogue writes it, for example <c>PG-13</c> or <c>12</c>; null if it is not rated.</summary>
    public string? Maturity { get; internal init; }

    /// <summary>Where it may be shown, symbols of <see cref="Vocabulary.Countries"/>; empty for everywhere.</summary>
    public ImmutableArray<Symbol> Countries { get; internal init; } = [];

    /// <summary>The genres as a set of bits, the same for all titles of a catalogue; the last bit stands for all genres after the
    /// 63rd.</summary>
    internal ulong GenreBits { get; init; }

    /// <summary>Whether the title may be shown.</summary>
    /// <param name="now">When.</param>
    /// <param name="country">Where; <see cref="Symbol.None"/> is not restricted.</param>
    public bool IsAvailable(EventTime now, Symbol country) =>
        (AvailableFrom is not { } from || from <= now)
        && (AvailableUntil is not { } until || now < until)
        && (Countries.IsEmpty || country.IsNone || Countries.AsSpan().Contains(country));
}
