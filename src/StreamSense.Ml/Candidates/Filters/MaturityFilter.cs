using StreamSense.Core.Buffering;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Lets through what is rated for the age that asks.</summary>
/// <remarks>
/// The limit is that of the request, or that of children if the request or the viewer's profile says so, whichever is lower. Under a
/// limit, a title without a rating that can be read is kept back as unknown. Without a limit everything passes.
/// </remarks>
public sealed class MaturityFilter : ICandidateFilter, IEventConsumer
{
    private readonly ViewerProfiles? _profiles;
    private readonly int _kidsAge;

    /// <summary>Creates a filter.</summary>
    /// <param name="profiles">Knows which viewers are children; null if only requests say so.</param>
    /// <param name="kidsAge">The age up to which titles may be rated for children: 7 unless given.</param>
    public MaturityFilter(ViewerProfiles? profiles = null, int kidsAge = 7)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(kidsAge);
        _profiles = profiles;
        _kidsAge = kidsAge;
    }

    /// <inheritdoc/>
    public string Name => "maturity";

    /// <inheritdoc/>
    /// <remarks>Hands the events on to the profiles.</remarks>
    public void Consume(in EventBatch batch) => _profiles?.Consume(batch);

    /// <inheritdoc/>
    public void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts)
    {
        int? limit = request.MaxAge;
        if (request.Kids || (_profiles is not null && _profiles.IsKid(request.Features.Viewer)))
        {
            limit = Math.Min(limit ?? _kidsAge, _kidsAge);
        }

        if (limit is not { } age)
        {
            return;
        }

        for (int i = 0; i < titles.Length; i++)
        {
            verdicts[i] = !MaturityRating.TryRead(titles[i].Maturity, out int rated) ? FilterVerdict.Unknown
                : rated <= age ? FilterVerdict.Allowed
                : FilterVerdict.Refused;
        }
    }
}
