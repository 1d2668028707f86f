namespace StreamSense.Core.Metrics.Audience;

/// <summary>The days on which a viewer was active: the 64 from the first on, and the 64 up to the last.</summary>
/// <remarks>A set of days cut off at both ends by the set itself, so that the order in which days come does not matter.</remarks>
internal struct ActiveDays
{
    private const int Kept = 64;

    private ulong _fromFirst;
    private ulong _toLast;

    public int First;
    public int Last;

    public readonly bool IsKnown => _fromFirst != 0;

    public static ActiveDays Of(int day) => new() { First = day, Last = day, _fromFirst = 1, _toLast = 1 };

    /// <summary>Whether the viewer was active some days after the first one; below 64.</summary>
    public readonly bool IsActiveAfter(int days) => (_fromFirst >> days & 1) != 0;

    /// <summary>Whether the viewer was active some days before the last one; below 64.</summary>
    public readonly bool IsActiveBefore(int days) => (_toLast >> days & 1) != 0;

    public void Join(in ActiveDays other)
    {
        if (!other.IsKnown)
        {
            return;
        }

        if (!IsKnown)
        {
            this = other;
            return;
        }

        int first = Math.Min(First, other.First);
        int last = Math.Max(Last, other.Last);
        _fromFirst = Shifted(_fromFirst, First - first) | Shifted(other._fromFirst, other.First - first);
        _toLast = Shifted(_toLast, last - Last) | Shifted(other._toLast, last - other.Last);
        First = first;
        Last = last;
    }

    private static ulong Shifted(ulong days, int by) => by >= Kept ? 0 : days << by;
}
