using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Keeps back what the viewer has watched to the end.</summary>
/// <remarks>
/// To the end means the share that <see cref="WatchHistoryOptions.FinishedShare"/> says, at any time that is remembered. Nothing is
/// kept back from a viewer who is not known or does not allow personalisation: of those nothing may be used.
/// </remarks>
/// <param name="history">What viewers watched.</param>
public sealed class WatchedFilter(WatchHistory history) : ICandidateFilter
{
    private readonly WatchHistory _history = history ?? throw new ArgumentNullException(nameof(history));

    /// <inheritdoc/>
    public string Name => "watched";

    /// <inheritdoc/>
    public void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts)
    {
        if (!request.Features.MayPersonalise || !_history.TryRead(request.Features.Viewer, out WatchedTitles viewer))
        {
            return;
        }

        for (int i = 0; i < titles.Length; i++)
        {
            if (viewer.TryFind(titles[i].Id, out WatchedTitle watched) && _history.IsFinished(watched))
            {
                verdicts[i] = FilterVerdict.Refused;
            }
        }
    }
}
