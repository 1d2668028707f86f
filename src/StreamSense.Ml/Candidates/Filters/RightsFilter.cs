using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Lets titles through only while and where they may be shown: rights window and countries.</summary>
/// <remarks>
/// Every surface has it, before its other filters. A title that may be shown in some countries only is not shown to a request that
/// names no country: where it is shown cannot be known.
/// </remarks>
public sealed class RightsFilter : ICandidateFilter
{
    /// <inheritdoc/>
    public string Name => "rights";

    /// <inheritdoc/>
    public void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts)
    {
        for (int i = 0; i < titles.Length; i++)
        {
            CatalogueTitle title = titles[i];
            if (!title.IsAvailable(request.Features.Time, request.Country))
            {
                verdicts[i] = FilterVerdict.Refused;
            }
            else if (request.Country.IsNone && !title.Countries.IsEmpty)
            {
                verdicts[i] = FilterVerdict.Unknown;
            }
        }
    }
}
