using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A row of the catalogue; name, arrays and dates lie in the annex.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct TitlePayload : IEventPayload
{
    /// <summary>Length of the content, or <see cref="Absent.Time"/>.</summary>
    public long DurationMicroseconds;

    /// <summary>When it was published (Unix microseconds), or <see cref="Absent.Time"/>.</summary>
    public long PublishedMicroseconds;

    /// <summary>The series, hashed as a title is.</summary>
    public TitleId Series;

    /// <summary>The season, or <see cref="Absent.Number"/>.</summary>
    public int Season;

    /// <summary>The episode, or <see cref="Absent.Number"/>.</summary>
    public int Episode;

    /// <summary>What kind of content it is.</summary>
    public TitleType Type;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Title;
}
