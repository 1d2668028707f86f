using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions.Titles;

/// <summary>What the catalogue says of a title, from an instant on.</summary>
/// <param name="Since">The time of the row.</param>
/// <param name="DurationMicroseconds">Length of the content, or <see cref="Absent.Time"/>: not given, or not above zero.</param>
/// <param name="Type">What kind of content it is.</param>
/// <param name="Series">The series; none for a single work.</param>
/// <param name="Season">The season, or <see cref="Absent.Number"/>.</param>
/// <param name="Episode">The episode, or <see cref="Absent.Number"/>.</param>
/// <param name="Edit">The version of the cut, in <see cref="Vocabulary.Terms"/>.</param>
/// <param name="Genres">The genres, in <see cref="Vocabulary.Terms"/>; at most <see cref="TitleTable.MaxGenres"/>.</param>
public readonly record struct TitleFacts(
    EventTime Since,
    long DurationMicroseconds,
    TitleType Type,
    TitleId Series,
    int Season,
    int Episode,
    Symbol Edit,
    ImmutableArray<Symbol> Genres)
{
    /// <summary>What is known of a title without a row.</summary>
    public static TitleFacts Unknown => new(
        default, Absent.Time, default, default, Absent.Number, Absent.Number, default, []);
}
