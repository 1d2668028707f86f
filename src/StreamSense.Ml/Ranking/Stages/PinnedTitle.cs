using StreamSense.Core.Events;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>A title that is to stand at a place, whatever its score.</summary>
/// <param name="Position">The place, from 0.</param>
/// <param name="Title">The title.</param>
public sealed record PinnedTitle(int Position, TitleId Title)
{
    /// <summary>From when on.</summary>
    /// <value>Null: always.</value>
    public EventTime? From { get; init; }

    /// <summary>Until when (exclusive).</summary>
    /// <value>Null: for ever.</value>
    public EventTime? Until { get; init; }
}
