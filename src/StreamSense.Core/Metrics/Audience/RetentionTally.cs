namespace StreamSense.Core.Metrics.Audience;

/// <summary>What the retention of a cohort is worked out from.</summary>
internal sealed class RetentionTally
{
    private static readonly int[] After = [1, 7, 28];

    private readonly long[] _reached = new long[After.Length];
    private readonly long[] _active = new long[After.Length];
    private long _viewers;

    public void Add(in ActiveDays days, int today, long scale)
    {
        _viewers += scale;
        for (int i = 0; i < After.Length; i++)
        {
            if (days.First + After[i] <= today)
            {
                _reached[i] += scale;
                _active[i] += days.IsActiveAfter(After[i]) ? scale : 0;
            }
        }
    }

    public Retention ToRetention(string? name) => new()
    {
        Name = name,
        Viewers = _viewers,
        D1 = Ratio.Of(_active[0], _reached[0]),
        D7 = Ratio.Of(_active[1], _reached[1]),
        D28 = Ratio.Of(_active[2], _reached[2]),
    };
}
