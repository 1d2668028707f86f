namespace StreamSense.Ml.Ranking.Stages;

/// <summary>An attribute of titles that a slate may hold only so often.</summary>
public enum TitleAttribute : byte
{
    /// <summary>Each genre of a title; the first 63 genres of a catalogue are told apart.</summary>
    Genre = 0,

    /// <summary>The series; titles without one are not counted.</summary>
    Series = 1,

    /// <summary>The kind of content: movie, episode and so on.</summary>
    Type = 2,
}
