using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Segments;

namespace StreamSense.Ml.Training.Joins;

/// <summary>What keeps features, put together so that a history can be played into it.</summary>
/// <remarks>Made anew, empty, for each replay.</remarks>
/// <param name="reader">Reads the features.</param>
/// <param name="countsEvents">
/// Whether <see cref="IFeatureReader.Position"/> grows by one with each event, as it does with each fact. If not, what events change (the
/// catalogue) is taken to have come before a ranking at the same position.
/// </param>
public sealed class ReplayTarget(IFeatureReader reader, bool countsEvents) : IHistoryConsumer, IDisposable
{
    private readonly List<IEventConsumer> _events = [];
    private readonly List<IViewFactConsumer> _facts = [];
    private readonly List<IPlaybackSessionConsumer> _sessions = [];
    private readonly List<IDisposable> _owned = [];

    /// <summary>Reads the features.</summary>
    public IFeatureReader Reader { get; } = reader ?? throw new ArgumentNullException(nameof(reader));

    /// <summary>Whether an event moves the position, as a fact does.</summary>
    public bool CountsEvents { get; } = countsEvents;

    /// <summary>An engine for a set of features, with a catalogue of its own, empty.</summary>
    /// <param name="features">The features: those that were served (by default <see cref="StandardFeatures.Basic"/>), or others that shall
    /// be tried.</param>
    /// <param name="vocabulary">The names of the events that will be replayed.</param>
    /// <param name="options">The options of the engine whose rankings are rebuilt; null for the defaults.</param>
    /// <param name="segments">The segments, if the features ask for them: as they are now, not as they were.</param>
    /// <returns>The target; its reader fills the layout of <paramref name="features"/>.</returns>
    public static ReplayTarget CreateEngine(
        FeatureSet features, Vocabulary vocabulary, FeatureEngineOptions? options = null, ISegmentReader? segments = null)
    {
        var catalogue = new Catalogue(vocabulary);
        var engine = new FeatureEngine(features, catalogue, vocabulary, options, segments);
        return new ReplayTarget(engine, countsEvents: true).Feed(catalogue).Feed(engine);
    }

    /// <summary>Has something take part in the replay, with each of the three contracts that it fulfils; it is disposed of with
    /// this.</summary>
    /// <param name="part">A consumer of events, of facts or of sessions, or of several of them.</param>
    /// <returns>This target.</returns>
    /// <exception cref="ArgumentException">It is none of the three.</exception>
    public ReplayTarget Feed(object part)
    {
        ArgumentNullException.ThrowIfNull(part);
        int takes = Add(part, _events) + Add(part, _facts) + Add(part, _sessions);
        if (takes == 0)
        {
            throw new ArgumentException($"{part.GetType().Name} takes neither events nor facts nor sessions.", nameof(part));
        }

        Add(part, _owned);
        return this;
    }

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        foreach (IEventConsumer consumer in _events)
        {
            consumer.Consume(batch);
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        foreach (IViewFactConsumer consumer in _facts)
        {
            consumer.Consume(facts);
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        foreach (IPlaybackSessionConsumer consumer in _sessions)
        {
            consumer.Add(session, watched);
        }
    }

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        foreach (IPlaybackSessionConsumer consumer in _sessions)
        {
            consumer.Retract(session, watched);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private static int Add<T>(object part, List<T> parts)
    {
        if (part is not T taken)
        {
            return 0;
        }

        parts.Add(taken);
        return 1;
    }
}
