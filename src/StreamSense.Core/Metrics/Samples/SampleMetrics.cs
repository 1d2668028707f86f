using System.Collections.Immutable;

namespace StreamSense.Core.Metrics.Samples;

/// <summary>For each condition some views that show it: where to look when a number is in doubt.</summary>
/// <remarks>
/// Immutable; safe on any thread. The samples are fair (every view has the same chance), but for those that name the longest, lowest or
/// most of something, the first of which is the extreme.
/// </remarks>
public sealed class SampleMetrics
{
    internal const SampleCondition Last = SampleCondition.Completion;

    private readonly ImmutableArray<ImmutableArray<ViewSample>> _views;

    private SampleMetrics(ImmutableArray<ImmutableArray<ViewSample>> views) => _views = views;

    /// <summary>The views of a condition, in the order of the sample.</summary>
    /// <param name="condition">The condition.</param>
    public IReadOnlyList<ViewSample> Of(SampleCondition condition) => _views[(int)condition];

    internal static SampleMetrics Of(SamplePartial partial)
    {
        var views = ImmutableArray.CreateBuilder<ImmutableArray<ViewSample>>();
        for (SampleCondition condition = 0; condition <= Last; condition++)
        {
            ReadOnlySpan<ViewSample> kept = partial[condition].Views;
            views.Add([.. kept[..Math.Min(kept.Length, partial.Options.ViewsPerCondition)]]);
        }

        return new SampleMetrics(views.ToImmutable());
    }
}
