using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates;

/// <summary>A title that an editor chose.</summary>
/// <param name="Title">The title.</param>
public sealed record EditorPick(TitleId Title)
{
    /// <summary>The surface it is chosen for.</summary>
    /// <value>Null: for all.</value>
    public string? OnlyOn { get; init; }

    /// <summary>The country it is chosen for.</summary>
    /// <value>Null: for all.</value>
    public string? OnlyIn { get; init; }

    /// <summary>From when on.</summary>
    /// <value>Null: always.</value>
    public EventTime? From { get; init; }

    /// <summary>Until when (exclusive).</summary>
    /// <value>Null: for ever.</value>
    public EventTime? Until { get; init; }
}
