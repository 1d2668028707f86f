using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Keeps back what the viewer has watched to the end.</summary>
/// <remarks>
/// To the end means the share that <see cref="FeatureStoreOptions.FinishedShare"/> says, at any time that the store remembers. Nothing
/// is kept back from a viewer who is not known or does not allow personalisation: of those nothing may be used.
/// </remarks>
/// <param name="store">What is remembered of viewers.</param>
public sealed class WatchedFilter(FeatureStore store) : ICandidateFilter
{
    private readonly FeatureStore _store = store ?? throw new ArgumentNullException(nameof(store));

    /// <inheritdoc/>
    public string Name => "watched";

    /// <inheritdoc/>
    public void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts)
    {
        if (!request.Features.MayPersonalise || !_store.TryRead(request.Features.Viewer, out ViewerMemory viewer))
        {
            return;
        }

        for (int i = 0; i < titles.Length; i++)
        {
            if (viewer.TryFind(titles[i].Id, out WatchedTitle watched) && _store.Rules.IsEverFinished(watched, titles[i]))
            {
                verdicts[i] = FilterVerdict.Refused;
            }
        }
    }
}
