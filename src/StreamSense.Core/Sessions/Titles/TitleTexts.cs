using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Titles;

/// <summary>What the annex of a <c>title</c> event says beyond its payload.</summary>
public sealed record TitleTexts
{
    /// <summary>What an empty annex says.</summary>
    public static TitleTexts None { get; } = new();

    /// <summary>The name that people read, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The version of the cut, or null.</summary>
    public string? Edit { get; init; }

    /// <summary>The maturity rating as the catalogue writes it, or null.</summary>
    public string? Maturity { get; init; }

    /// <summary>From when on the title may be shown, or null for always.</summary>
    public EventTime? AvailableFrom { get; init; }

    /// <summary>Until when the title may be shown, or null for ever.</summary>
    public EventTime? AvailableUntil { get; init; }

    /// <summary>The genres.</summary>
    public ImmutableArray<string> Genres { get; init; } = [];

    /// <summary>The moods.</summary>
    public ImmutableArray<string> Moods { get; init; } = [];

    /// <summary>Who is to be seen or heard.</summary>
    public ImmutableArray<string> Cast { get; init; } = [];

    /// <summary>The languages there are of it.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>The countries in which it may be shown; empty for everywhere.</summary>
    public ImmutableArray<string> Countries { get; init; } = [];
}
