using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>Remembers the last ids in two generations: bounded memory, no false positive but equal 64-bit hashes.</summary>
/// <remarks>
/// An id is remembered for at least <c>window</c> and at most twice as many later ids. With n ids remembered, a new event is taken
/// for a duplicate with probability n / 2^64: with a million, once in 18 million million events. A window of 2^20 takes 32 MiB, which
/// is 16 to 32 bytes an id remembered. Ids are hashes under the host's key: no client can choose two that collide. One thread at a time.
/// </remarks>
internal sealed class DuplicateFilter(int window)
{
    private EventIdSet _current = new(window);
    private EventIdSet _previous = new(window);

    /// <summary>Notes an id.</summary>
    /// <returns>False if it is remembered already.</returns>
    public bool TryAdd(EventId id)
    {
        if (_previous.Contains(id) || !_current.Add(id))
        {
            return false;
        }

        if (_current.Count >= window)
        {
            (_current, _previous) = (_previous, _current);
            _current.Clear();
        }

        return true;
    }
}
