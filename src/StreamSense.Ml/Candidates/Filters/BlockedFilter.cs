using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Keeps back what a viewer has blocked: by a list of that name, or by a thumb down.</summary>
/// <remarks>
/// A recommender hands the events on: <c>list_add</c> to one of the lists blocks and <c>list_remove</c> allows again; so do a <c>rating</c>
/// by thumbs at the lower and at the upper end. The last 64 titles of a viewer are kept. It works for viewers who allow personalisation;
/// who withdraws is forgotten. Writers take a lock; requests take none.
/// </remarks>
public sealed class BlockedFilter : ICandidateFilter, IEventConsumer, IDisposable
{
    private readonly Lock _writerLock = new();
    private readonly Vocabulary _vocabulary;
    private readonly Symbol[] _lists;
    private readonly RecentTable<BlockedRow> _viewers;

    /// <summary>Creates a filter.</summary>
    /// <param name="vocabulary">The vocabulary of the events.</param>
    /// <param name="maxViewers">How many viewers' lists are kept; 65,536 unless given (about 35 MiB when full).</param>
    /// <param name="lists">The names of the lists that block; <c>blocked</c> and <c>not_interested</c> if none is given.</param>
    public BlockedFilter(Vocabulary vocabulary, int maxViewers = 65_536, params ReadOnlySpan<string> lists)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxViewers, 1);
        _vocabulary = vocabulary;
        _viewers = new RecentTable<BlockedRow>(maxViewers);
        ReadOnlySpan<string> names = lists.IsEmpty ? ["blocked", "not_interested"] : lists;
        _lists = new Symbol[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            _lists[i] = vocabulary.Terms.Intern(names[i]);
        }
    }

    /// <inheritdoc/>
    public string Name => "blocked";

    /// <summary>How many viewers were forgotten to make room for others.</summary>
    public long ViewersEvicted => _viewers.Evicted;

    /// <inheritdoc/>
    public void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts)
    {
        ViewerId viewer = request.Features.Viewer;
        if (!request.Features.MayPersonalise || !_viewers.TryRead(viewer.Value, out BlockedRow row) || row.Viewer != viewer)
        {
            return;
        }

        for (int i = 0; i < titles.Length; i++)
        {
            if (row.Titles.Contains(titles[i].Id))
            {
                verdicts[i] = FilterVerdict.Refused;
            }
        }
    }

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            switch (streamEvent.Kind)
            {
                case EventKind.ListAdd or EventKind.ListRemove
                    when _lists.AsSpan().Contains(streamEvent.ReadPayload<ListPayload>().List):
                    Write(streamEvent, blocks: streamEvent.Kind == EventKind.ListAdd);
                    break;
                case EventKind.Rating when streamEvent.ReadPayload<RatingPayload>() is { Scale: RatingScale.Thumbs } rating:
                    Write(streamEvent, blocks: rating.Value <= rating.Minimum);
                    break;
                case EventKind.ConsentChange
                    when (streamEvent.ReadPayload<ConsentPayload>().Granted & ConsentPurposes.Personalisation) == 0:
                    Forget(streamEvent.Viewer);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Forgets a viewer.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public bool Forget(ViewerId viewer)
    {
        lock (_writerLock)
        {
            return _viewers.Remove(viewer.Value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _viewers.Dispose();
        }
    }

    private void Write(in StreamEvent streamEvent, bool blocks)
    {
        bool mayKeep = (_vocabulary.Contexts[streamEvent.Context].Consent & ConsentPurposes.Personalisation) != 0;
        if (streamEvent.Viewer.IsNone || streamEvent.Title.IsNone || !mayKeep)
        {
            return;
        }

        lock (_writerLock)
        {
            // To allow what was never blocked leaves no trace.
            if (!blocks && !_viewers.TryRead(streamEvent.Viewer.Value, out _))
            {
                return;
            }

            ref BlockedRow row = ref _viewers.BeginWrite(streamEvent.Viewer.Value, out int number);
            row.Viewer = streamEvent.Viewer;
            if (blocks)
            {
                row.Add(streamEvent.Title);
            }
            else
            {
                row.Remove(streamEvent.Title);
            }

            _viewers.EndWrite(number);
        }
    }
}
