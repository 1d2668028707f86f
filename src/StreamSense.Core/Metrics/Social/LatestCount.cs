using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Social;

/// <summary>A count that is told again and again; the last one holds, and of one instant the greatest.</summary>
internal struct LatestCount
{
    private Moment _given;
    private int _count;

    public readonly int Value => _count;

    public static LatestCount Of(EventTime time, int count) =>
        count == Absent.Number ? default : new LatestCount { _given = Moment.At(time), _count = Math.Max(0, count) };

    public void Join(in LatestCount other)
    {
        if (other._given.IsAfter(_given) || (other._given == _given && other._count > _count))
        {
            this = other;
        }
    }
}
