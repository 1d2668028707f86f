using System.Collections.Concurrent;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Audiences;

/// <summary>Proposes what an audience plays most of late: that of the request's country, or of the viewer's segment.</summary>
/// <remarks>
/// A recommender hands on the facts of views and the ratings. Reads an immutable list an audience; the request that finds one due makes
/// it, unless a writer is at work, and goes on with the former one otherwise. A viewer of several audiences gets the first one's titles,
/// then the next one's. Names no viewer: only sums are kept. Put <see cref="TrendingCandidates"/> behind it for audiences of few plays.
/// </remarks>
public sealed class AudienceTrendingCandidates : ICandidateSource, IViewFactConsumer, IEventConsumer
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<int, AudiencePlays> _audiences = new();
    private readonly IAudience _audience;
    private readonly Vocabulary _vocabulary;
    private readonly AudienceTrendingOptions _options;
    private readonly HalfLife _halfLife;
    private long _refused;

    /// <summary>Creates a source.</summary>
    /// <param name="audience">Whose plays count together.</param>
    /// <param name="vocabulary">The vocabulary of the events.</param>
    /// <param name="options">How much is remembered; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public AudienceTrendingCandidates(IAudience audience, Vocabulary vocabulary, AudienceTrendingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(audience);
        ArgumentNullException.ThrowIfNull(vocabulary);
        _options = options ?? new AudienceTrendingOptions();
        _options.Validate();
        _audience = audience;
        _vocabulary = vocabulary;
        _halfLife = new HalfLife(_options.HalfLife);
    }

    /// <summary>How many plays were of an audience for which there was no room.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        foreach (ref readonly ViewFact fact in facts)
        {
            if (fact.Kind == ViewFactKind.FirstFrame)
            {
                Count(fact.Viewer, fact.Title, fact.Time, fact.Consent, _vocabulary.Contexts[fact.Context], 1);
            }
        }
    }

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        if (_options.RatingWeight == 0)
        {
            return;
        }

        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            if (streamEvent.Kind == EventKind.Rating)
            {
                ref readonly EventContext context = ref _vocabulary.Contexts[streamEvent.Context];
                Count(streamEvent.Viewer, streamEvent.Title, streamEvent.Time, context.Consent, context, _options.RatingWeight);
            }
        }
    }

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        Span<int> audiences = stackalloc int[IAudience.MaxOfViewer];
        ViewerId viewer = request.Features.MayPersonalise ? request.Features.Viewer : ViewerId.None;
        EventContext dimensions = request.Features.Dimensions with { Country = request.Country };
        int found = _audience.Find(viewer, dimensions, audiences);
        int count = 0;
        for (int i = 0; i < found && count < destination.Length; i++)
        {
            if (_audiences.TryGetValue(audiences[i], out AudiencePlays? plays))
            {
                Refresh(plays, request.Features.Time);
                count = Take(plays.List, destination, count);
            }
        }

        return count;
    }

    private static int Take(ReadOnlySpan<TitleId> list, Span<TitleId> destination, int count)
    {
        int before = count;
        foreach (TitleId title in list)
        {
            if (count == destination.Length)
            {
                break;
            }

            if (!destination[..before].Contains(title))
            {
                destination[count++] = title;
            }
        }

        return count;
    }

    private void Refresh(AudiencePlays plays, EventTime now)
    {
        if (!plays.IsDue(now, _options.RefreshInterval))
        {
            return;
        }

        // The very first list is waited for; without one there would be nothing to propose.
        if (plays.List.IsEmpty)
        {
            _lock.Enter();
        }
        else if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            if (plays.IsDue(now, _options.RefreshInterval))
            {
                plays.MakeList(now, _options.ListLength, _halfLife);
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void Count(
        ViewerId viewer, TitleId title, EventTime time, ConsentPurposes consent, in EventContext dimensions, double amount)
    {
        if (title.IsNone)
        {
            return;
        }

        Span<int> audiences = stackalloc int[IAudience.MaxOfViewer];
        bool personal = (consent & ConsentPurposes.Personalisation) != 0;
        int found = _audience.Find(personal ? viewer : ViewerId.None, dimensions, audiences);
        lock (_lock)
        {
            for (int i = 0; i < found; i++)
            {
                if (!_audiences.TryGetValue(audiences[i], out AudiencePlays? plays))
                {
                    if (_audiences.Count == _options.MaxAudiences)
                    {
                        Interlocked.Increment(ref _refused);
                        continue;
                    }

                    plays = new AudiencePlays(_options.MaxTitles);
                    _audiences[audiences[i]] = plays;
                }

                plays.Add(title, amount, time, _halfLife);
            }
        }
    }
}
