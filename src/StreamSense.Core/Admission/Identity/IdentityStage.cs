using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Admission.Identity;

/// <summary>Says whose the events of a device are, by the event's time: device to viewer to household.</summary>
/// <remarks>
/// <see cref="Note"/> what says who is who as soon as it is admitted, <see cref="Resolve"/> each event before it takes its place in the
/// order. What is found is written into the event, and from when on a login takes the device's anonymous events into the login: what
/// is stored tells a replay everything, so events that are read back are noted and left as they are. One thread at a time, but for the
/// counts; allocates nothing once the tables have their size.
/// </remarks>
internal sealed class IdentityStage : IDisposable
{
    private readonly ContextTable _contexts;
    private readonly ConsentLedger? _choices;
    private readonly bool _joins;
    private readonly TimeSpan _lookBack;
    private readonly RecentTable<DeviceHistory> _devices;
    private readonly RecentTable<HouseholdHistory> _viewers;
    private long _joined;

    /// <summary>Creates a stage that knows nobody.</summary>
    /// <param name="contexts">Tells what events may be used for.</param>
    /// <param name="options">The policy and the bounds.</param>
    /// <param name="choices">What viewers chose; null if their events say all.</param>
    public IdentityStage(ContextTable contexts, IdentityOptions options, ConsentLedger? choices)
    {
        _contexts = contexts;
        _choices = choices;
        _joins = options.Policy.Joins;
        _lookBack = options.Policy.LookBack;
        _devices = new RecentTable<DeviceHistory>(options.MaxDevices);
        _viewers = new RecentTable<HouseholdHistory>(options.MaxViewers);
    }

    /// <summary>What is known and what was joined (any thread).</summary>
    public IdentityCounts Counts => new()
    {
        Devices = _devices.Count,
        Viewers = _viewers.Count,
        DevicesEvicted = _devices.Evicted,
        ViewersEvicted = _viewers.Evicted,
        EventsJoined = Volatile.Read(ref _joined),
    };

    /// <summary>Whether an event is a copy that is here only to be noted: the shard that owns it publishes it.</summary>
    public static bool IsForNotingOnly(in StreamEvent e) =>
        (e.Flags & EventFlags.Broadcast) != 0 && e.Kind is EventKind.Login or EventKind.Logout or EventKind.Profile;

    /// <summary>Learns from an event who is who; most events say nothing of it.</summary>
    public void Note(in StreamEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.Login or EventKind.Logout when _joins && !e.Device.IsNone && !e.Viewer.IsNone:
                ref DeviceHistory device = ref _devices.BeginWrite(e.Device.Value, out int row);
                device.Note(new DeviceChange(e.Time, e.Viewer, e.Kind == EventKind.Login, MayJoin(e, e.Viewer)));
                _devices.EndWrite(row);
                break;
            case EventKind.Profile when _joins && !e.Viewer.IsNone && !e.Household.IsNone:
                ref HouseholdHistory viewer = ref _viewers.BeginWrite(e.Viewer.Value, out row);
                viewer.Note(e.Time, e.Household);
                _viewers.EndWrite(row);
                break;
            case EventKind.ConsentChange:
                _choices?.Note(e);
                break;
        }
    }

    /// <summary>Whether <see cref="Resolve"/> may find something for an event.</summary>
    public bool Concerns(in StreamEvent e)
    {
        if (!_joins || (e.Flags & (EventFlags.Replayed | EventFlags.Broadcast)) != 0)
        {
            return false;
        }

        return e.Viewer.IsNone
            ? !e.Device.IsNone && _devices.Count > 0
            : e.Kind == EventKind.Login || (e.Household.IsNone && _viewers.Count > 0);
    }

    /// <summary>Writes into an event what is known of who it is from.</summary>
    public void Resolve(ref StreamEvent e)
    {
        // A choice made on a device without a viewer is the device's; it does not become somebody's.
        if (e.Kind == EventKind.ConsentChange || !Concerns(e) || !IsPersonal(e))
        {
            return;
        }

        if (e.Viewer.IsNone && _devices.TryRead(e.Device.Value, out DeviceHistory device))
        {
            ViewerId viewer = device.ViewerAt(e.Time, _lookBack);
            if (!viewer.IsNone && MayJoin(e, viewer))
            {
                e.Viewer = viewer;
                Volatile.Write(ref _joined, _joined + 1);
            }
        }

        if (e.Household.IsNone && !e.Viewer.IsNone && _viewers.TryRead(e.Viewer.Value, out HouseholdHistory history))
        {
            e.Household = history.At(e.Time);
        }

        if (e.Kind == EventKind.Login && MayJoin(e, e.Viewer) && _devices.TryRead(e.Device.Value, out device))
        {
            e.PayloadAs<LoginPayload>().JoinsSinceMicroseconds = device.JoinsSince(e.Time, _lookBack).UnixMicroseconds;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _devices.Dispose();
        _viewers.Dispose();
    }

    private bool IsPersonal(in StreamEvent e) => (_contexts[e.Context].Consent & ConsentPurposes.Personalisation) != 0;

    // The event may allow it without the viewer's knowledge: it named nobody when it was decided.
    private bool MayJoin(in StreamEvent e, ViewerId viewer) =>
        IsPersonal(e)
        && (_choices is null
            || !_choices.TryRead(viewer, DeviceId.None, e.Time, out ConsentPurposes chosen)
            || (chosen & ConsentPurposes.Personalisation) != 0);
}
