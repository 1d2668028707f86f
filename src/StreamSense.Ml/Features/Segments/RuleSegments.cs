using System.Collections.Immutable;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Features.Segments;

/// <summary>Keeps the segments by rule of viewers up to date, as events come.</summary>
/// <remarks>
/// Put it where the book would stand: it hands everything on to the book and judges the viewers concerned anew. Rules that look at the time
/// change without events: <see cref="Refresh"/>, now and then, judges all viewers. One call at a time.
/// </remarks>
public sealed class RuleSegments : IEventConsumer, IViewFactConsumer
{
    private readonly ViewerBook _book;
    private readonly SegmentTable _table;
    private readonly Vocabulary _vocabulary;
    private readonly (AudienceRule Rule, ulong Bit)[] _rules;
    private readonly ulong _concerned;
    private EventTime _latest;

    /// <summary>Makes rules effective.</summary>
    /// <param name="book">Knows the viewers; fed through this.</param>
    /// <param name="table">Remembers the segments; it has one of the name of each rule.</param>
    /// <param name="vocabulary">The pipeline's names.</param>
    /// <param name="rules">The rules.</param>
    /// <exception cref="ArgumentException">The table has no segment of a rule's name.</exception>
    public RuleSegments(ViewerBook book, SegmentTable table, Vocabulary vocabulary, params ReadOnlySpan<AudienceRule> rules)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(vocabulary);
        _book = book;
        _table = table;
        _vocabulary = vocabulary;
        Rules = [.. rules];
        _rules = [.. Rules.Select(rule => (rule, table.BitOf(rule.Name)))];
        _concerned = _rules.Aggregate(0UL, (bits, rule) => bits | rule.Bit);
    }

    /// <summary>The rules.</summary>
    public ImmutableArray<AudienceRule> Rules { get; }

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        _book.Consume(batch);
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            if (streamEvent.Kind is EventKind.ConsentChange or EventKind.Profile || ViewerBook.IsOfSubscription(streamEvent.Kind))
            {
                Judge(streamEvent.Viewer, streamEvent.Time);
            }
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        _book.Consume(facts);
        foreach (ref readonly ViewFact fact in facts)
        {
            if (fact.Kind is ViewFactKind.FirstFrame or ViewFactKind.Ended)
            {
                Judge(fact.Viewer, fact.Time);
            }
        }
    }

    /// <summary>Judges all viewers anew.</summary>
    /// <param name="now">The time that rules look at.</param>
    /// <returns>How many viewers changed segments.</returns>
    public int Refresh(EventTime now)
    {
        int changed = 0;
        foreach ((ViewerId viewer, ViewerTraits traits) in _book.ToArray())
        {
            changed += Judge(viewer, traits, now) ? 1 : 0;
        }

        return changed;
    }

    // An event that comes late is judged by the time of the stream: what is over is over.
    private void Judge(ViewerId viewer, EventTime time)
    {
        _latest = time > _latest ? time : _latest;
        if (_book.TryRead(viewer, out ViewerTraits traits))
        {
            Judge(viewer, traits, _latest);
        }
        else if (!viewer.IsNone && _table.SegmentsOf(viewer) != 0)
        {
            // Forgotten, for want of consent: in no segment any more, by whatever rule or score.
            _table.Forget(viewer);
        }
    }

    private bool Judge(ViewerId viewer, in ViewerTraits traits, EventTime now)
    {
        ulong segments = 0;
        foreach ((AudienceRule rule, ulong bit) in _rules)
        {
            segments |= rule.Holds(traits, now, _vocabulary) ? bit : 0;
        }

        return _table.Set(viewer, _concerned, segments);
    }
}
