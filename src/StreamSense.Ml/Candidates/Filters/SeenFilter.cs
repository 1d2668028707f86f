using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Keeps back every title of the viewer's history: played, rated or listed, to the end or not.</summary>
/// <remarks>
/// For rows that are to find something new. Needs consent to personalisation, as <see cref="WatchedFilter"/>. Of a history that knows what
/// was before its last titles (<see cref="ISeenTitles"/>, as <see cref="InterestHistory"/>) those are kept back, too.
/// </remarks>
/// <param name="history">What viewers took an interest in.</param>
public sealed class SeenFilter(IViewerHistory history) : ICandidateFilter
{
    private const int MaxTitles = 256;

    private readonly IViewerHistory _history = history ?? throw new ArgumentNullException(nameof(history));
    private readonly ISeenTitles? _seen = history as ISeenTitles;

    /// <inheritdoc/>
    public string Name => "seen";

    /// <inheritdoc/>
    public void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts)
    {
        if (!request.Features.MayPersonalise)
        {
            return;
        }

        Span<HistoryEntry> entries = stackalloc HistoryEntry[Math.Min(_history.Capacity, MaxTitles)];
        int count = _history.Read(request.Features.Viewer, entries);
        foreach (ref readonly HistoryEntry entry in entries[..count])
        {
            for (int i = 0; i < titles.Length; i++)
            {
                if (titles[i].Id == entry.Title)
                {
                    verdicts[i] = FilterVerdict.Refused;
                    break;
                }
            }
        }

        if (_seen is not null && _seen.TryReadSeen(request.Features.Viewer, out SeenTitles seen))
        {
            for (int i = 0; i < titles.Length; i++)
            {
                verdicts[i] = seen.Contains(titles[i].Id) ? FilterVerdict.Refused : verdicts[i];
            }
        }
    }
}
