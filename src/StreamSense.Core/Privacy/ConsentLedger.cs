using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Privacy;

/// <summary>What viewers and devices last chose by <c>consent_change</c>, each choice from its time on.</summary>
/// <remarks>
/// Shared by the doors of a pipeline. Any thread may read, without a lock, and note; nothing is allocated once the table has its size.
/// A choice that names a viewer is the viewer's, on every device; one that names a device alone holds for whoever has made no choice of
/// their own. The last four choices of each are kept. Bounded: the one who chose longest ago is forgotten, and counted.
/// </remarks>
public sealed class ConsentLedger : IDisposable
{
    /// <summary>How many viewers and devices are remembered unless the host says otherwise.</summary>
    public const int DefaultCapacity = 262_144;

    private readonly Lock _writerLock = new();
    private readonly RecentTable<ConsentChoices> _choices;

    /// <summary>Creates an empty ledger.</summary>
    /// <param name="capacity">How many viewers and devices are remembered, about 64 bytes each.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public ConsentLedger(int capacity = DefaultCapacity) => _choices = new RecentTable<ConsentChoices>(capacity);

    /// <summary>How many viewers and devices have made a choice that is remembered.</summary>
    public int Count => _choices.Count;

    /// <summary>How many were forgotten to make room for others.</summary>
    public long Evicted => _choices.Evicted;

    /// <summary>Notes a choice; noting it again changes nothing.</summary>
    /// <param name="change">An event of kind <see cref="EventKind.ConsentChange"/>; others are passed over.</param>
    public void Note(in StreamEvent change)
    {
        ulong key = change.Viewer.IsNone ? change.Device.Value : change.Viewer.Value;
        if (change.Kind == EventKind.ConsentChange && key != 0)
        {
            Note(key, change.Time, change.ReadPayload<ConsentPayload>().Granted);
        }
    }

    /// <summary>What a person had chosen at a time: the viewer, else the device.</summary>
    /// <param name="viewer">The viewer, if known.</param>
    /// <param name="device">The device, if known.</param>
    /// <param name="at">The event's time.</param>
    /// <param name="granted">The purposes granted.</param>
    /// <returns>False if neither had made a choice that is remembered.</returns>
    public bool TryRead(ViewerId viewer, DeviceId device, EventTime at, out ConsentPurposes granted)
    {
        granted = ConsentPurposes.None;
        return _choices.Count > 0 && (TryRead(viewer.Value, at, out granted) || TryRead(device.Value, at, out granted));
    }

    /// <summary>Forgets everything.</summary>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _choices.Dispose();
        }
    }

    // Pseudonyms of viewers and devices come from domains of their own, so that one table serves both.
    private void Note(ulong key, EventTime from, ConsentPurposes granted)
    {
        lock (_writerLock)
        {
            ref ConsentChoices choices = ref _choices.BeginWrite(key, out int row);
            choices.Note(from, granted);
            _choices.EndWrite(row);
        }
    }

    private bool TryRead(ulong key, EventTime at, out ConsentPurposes granted)
    {
        granted = ConsentPurposes.None;
        return key != 0 && _choices.TryRead(key, out ConsentChoices choices) && choices.TryRead(at, out granted);
    }
}
