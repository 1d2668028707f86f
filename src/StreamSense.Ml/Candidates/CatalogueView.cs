using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>Something that is derived from the whole catalogue, and made anew after the catalogue has changed.</summary>
/// <remarks>
/// The request that finds it due makes it, while others go on with the former one; only the first is waited for. Any thread may ask.
/// </remarks>
/// <typeparam name="T">What is derived; immutable.</typeparam>
/// <param name="catalogue">The catalogue.</param>
/// <param name="refreshInterval">How much event time passes at least between two makings.</param>
/// <param name="make">Makes it, for an event time.</param>
internal sealed class CatalogueView<T>(Catalogue catalogue, TimeSpan refreshInterval, Func<Catalogue, EventTime, T> make)
    where T : class
{
    private readonly Lock _making = new();
    private State? _state;

    /// <summary>What is derived from the catalogue as it was at most a refresh interval ago.</summary>
    /// <param name="now">The event time of the request.</param>
    public T At(EventTime now)
    {
        State? state = Volatile.Read(ref _state);
        if (state is not null && (!IsDue(state, now) || !_making.TryEnter()))
        {
            return state.Value;
        }

        if (state is null)
        {
            _making.Enter();
        }

        try
        {
            if (_state is null || IsDue(_state, now))
            {
                // The version is read first: what changes in between makes the state old, never wrongly new.
                long version = catalogue.Version;
                Volatile.Write(ref _state, new State(make(catalogue, now), version, now));
            }

            return _state.Value;
        }
        finally
        {
            _making.Exit();
        }
    }

    private bool IsDue(State state, EventTime now) =>
        state.Version != catalogue.Version && (now - state.Made).Duration() >= refreshInterval;

    private sealed record State(T Value, long Version, EventTime Made);
}
