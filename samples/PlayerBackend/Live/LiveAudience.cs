using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace PlayerBackend.Live;

/// <summary>Counts the plays that are open now; an example of following the views of a pipeline.</summary>
/// <remarks>Fed by one thread, read by any.</remarks>
internal sealed class LiveAudience : IViewFactConsumer
{
    private readonly HashSet<ViewId> _open = [];
    private volatile int _count;

    /// <summary>How many plays are open.</summary>
    public int Count => _count;

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        foreach (ref readonly ViewFact fact in facts)
        {
            if (fact.Kind == ViewFactKind.FirstFrame)
            {
                _open.Add(fact.View);
            }
            else if (fact.Kind == ViewFactKind.Ended)
            {
                _open.Remove(fact.View);
            }
        }

        _count = _open.Count;
    }
}
