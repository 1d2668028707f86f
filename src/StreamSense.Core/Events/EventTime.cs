using System.Globalization;

namespace StreamSense.Core.Events;

/// <summary>An instant of event time, in whole microseconds since 1970-01-01T00:00:00Z.</summary>
/// <remarks>Always passed in with an event; nothing in the event's way reads a wall clock to make one.</remarks>
/// <param name="UnixMicroseconds">Microseconds since the Unix epoch.</param>
public readonly record struct EventTime(long UnixMicroseconds) : IComparable<EventTime>
{
    /// <summary>Microseconds in a millisecond.</summary>
    public const long MicrosecondsPerMillisecond = 1_000;

    /// <summary>Microseconds in a second.</summary>
    public const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>The earliest time an event may carry: 1990-01-01T00:00:00Z.</summary>
    public static EventTime Earliest => new(631_152_000L * MicrosecondsPerSecond);

    /// <summary>No event may carry this time or a later one, whatever its receiver's clock says: 2100-01-01T00:00:00Z.</summary>
    public static EventTime Latest => new(4_102_444_800L * MicrosecondsPerSecond);

    /// <summary>The instant of a <see cref="DateTimeOffset"/>; digits beyond the microsecond are cut.</summary>
    /// <param name="value">The instant.</param>
    public static EventTime From(DateTimeOffset value) =>
        new((value.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>The instant as a <see cref="DateTimeOffset"/> in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        new(DateTime.UnixEpoch.Ticks + (UnixMicroseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <inheritdoc/>
    public int CompareTo(EventTime other) => UnixMicroseconds.CompareTo(other.UnixMicroseconds);

    /// <summary>The instant a duration later.</summary>
    public static EventTime operator +(EventTime time, TimeSpan duration) =>
        new(time.UnixMicroseconds + (duration.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>The instant a duration earlier.</summary>
    public static EventTime operator -(EventTime time, TimeSpan duration) =>
        new(time.UnixMicroseconds - (duration.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>The duration between two instants.</summary>
    public static TimeSpan operator -(EventTime left, EventTime right) =>
        new((left.UnixMicroseconds - right.UnixMicroseconds) * TimeSpan.TicksPerMicrosecond);

    /// <summary>Whether the left instant is before the right one.</summary>
    public static bool operator <(EventTime left, EventTime right) => left.UnixMicroseconds < right.UnixMicroseconds;

    /// <summary>Whether the left instant is after the right one.</summary>
    public static bool operator >(EventTime left, EventTime right) => left.UnixMicroseconds > right.UnixMicroseconds;

    /// <summary>Whether the left instant is not after the right one.</summary>
    public static bool operator <=(EventTime left, EventTime right) => left.UnixMicroseconds <= right.UnixMicroseconds;

    /// <summary>Whether the left instant is not before the right one.</summary>
    public static bool operator >=(EventTime left, EventTime right) => left.UnixMicroseconds >= right.UnixMicroseconds;

    /// <summary>The instant in RFC 3339, UTC, with microseconds.</summary>
    public override string ToString() =>
        ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
