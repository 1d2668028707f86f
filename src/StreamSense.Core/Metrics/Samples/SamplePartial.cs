namespace StreamSense.Core.Metrics.Samples;

/// <summary>The views that one shard, or several merged, found worth looking into.</summary>
internal sealed class SamplePartial
{
    // More than are shown, so that corrections leave no holes.
    private const int KeptForOneShown = 4;

    private readonly SampleList[] _lists = new SampleList[(int)SampleMetrics.Last + 1];

    public SamplePartial(SampleOptions options)
    {
        Options = options;
        for (int i = 0; i < _lists.Length; i++)
        {
            _lists[i] = new SampleList(options.ViewsPerCondition * KeptForOneShown);
        }
    }

    public SampleOptions Options { get; }

    public SampleList this[SampleCondition condition] => _lists[(int)condition];

    /// <summary>Adds what another has found.</summary>
    /// <returns>This one.</returns>
    public SamplePartial Merge(SamplePartial other)
    {
        for (int i = 0; i < _lists.Length; i++)
        {
            _lists[i].Merge(other._lists[i]);
        }

        return this;
    }
}
