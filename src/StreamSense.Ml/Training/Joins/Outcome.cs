namespace StreamSense.Ml.Training.Joins;

/// <summary>What came of showing one title in answer to one ranking.</summary>
/// <param name="Seen">Whether the client says that it was on the screen.</param>
/// <param name="VisibleMilliseconds">How long it was, over all impressions; 0 if they do not say.</param>
/// <param name="Clicked">Whether it was clicked, or its details were opened.</param>
/// <param name="Requested">Whether playback was asked for.</param>
/// <param name="Played">Whether it came to a content frame.</param>
/// <param name="WatchMicroseconds">Watch time over all its views.</param>
/// <param name="Completed">Whether one of the views reached the end.</param>
/// <param name="Rating">The last rating, from 0 for the lowest of its scale to 1 for the highest; null if there is none.</param>
/// <param name="Listed">Whether it was put on a list.</param>
/// <param name="Converted">Whether a subscription that began is credited to it.</param>
public readonly record struct Outcome(
    bool Seen,
    long VisibleMilliseconds,
    bool Clicked,
    bool Requested,
    bool Played,
    long WatchMicroseconds,
    bool Completed,
    double? Rating,
    bool Listed,
    bool Converted)
{
    /// <summary>Watch time over all its views, in seconds.</summary>
    public double WatchSeconds => WatchMicroseconds / 1e6;

    /// <summary>Whether the viewer did anything with it; being seen is not enough.</summary>
    public bool IsAnything => Clicked || Requested || Played || Rating is not null || Listed || Converted;
}
