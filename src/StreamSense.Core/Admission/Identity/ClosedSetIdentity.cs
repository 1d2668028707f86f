using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Admission.Identity;

/// <summary>Says whose the events of a closed set are, in one pass over its order.</summary>
/// <remarks>
/// The stage of a live pipeline, fed a little ahead: a login of the same moment as an event is known, wherever the order puts it. One
/// thread at a time.
/// </remarks>
internal sealed class ClosedSetIdentity : IDisposable
{
    private readonly ConsentLedger _choices = new();
    private readonly IdentityStage _stage;
    private int _noted;

    /// <summary>Creates one that knows nobody.</summary>
    public ClosedSetIdentity(ContextTable contexts, IdentityOptions options) =>
        _stage = new IdentityStage(contexts, options, _choices);

    /// <summary>Writes into the next event of the order what is known of who it is from.</summary>
    public void Resolve(ref StreamEvent e, int[] order, EventPages events)
    {
        while (_noted < order.Length && events[order[_noted]].Time <= e.Time)
        {
            _stage.Note(events[order[_noted++]]);
        }

        _stage.Resolve(ref e);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stage.Dispose();
        _choices.Dispose();
    }
}
