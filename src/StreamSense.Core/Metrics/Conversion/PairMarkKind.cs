namespace StreamSense.Core.Metrics.Conversion;

/// <summary>What a <see cref="PairMark"/> tells of.</summary>
internal enum PairMarkKind : byte
{
    /// <summary>It was seen.</summary>
    Impression = 0,

    /// <summary>It was clicked, and the event does not say where.</summary>
    Click = 1,

    /// <summary>Its page was opened, and the event does not say from where.</summary>
    DetailView = 2,

    /// <summary>It was put on a list.</summary>
    ListAdd = 3,

    /// <summary>It was played: a content frame was shown.</summary>
    Play = 4,
}
