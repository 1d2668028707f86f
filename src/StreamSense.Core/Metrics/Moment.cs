using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics;

/// <summary>An instant that may not have come, in a row that is cleared when it is made.</summary>
/// <remarks>Kept as Unix microseconds + 1: no event is from before 1970, so that 0 is free to say "never".</remarks>
internal readonly record struct Moment
{
    private readonly long _value;

    private Moment(long value) => _value = value;

    public bool IsKnown => _value != 0;

    /// <summary>Meaningful only if known.</summary>
    public long UnixMicroseconds => _value - 1;

    public static Moment At(EventTime time) => new(time.UnixMicroseconds + 1);

    public static Moment Latest(Moment a, Moment b) => a._value >= b._value ? a : b;

    public static Moment Earliest(Moment a, Moment b) => !a.IsKnown || (b.IsKnown && b._value < a._value) ? b : a;

    /// <summary>Whether this is later than another; every known moment is later than "never".</summary>
    public bool IsAfter(Moment other) => _value > other._value;
}
