using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Amendments;

/// <summary>What an event says of whose it is: the same in nearly all events of a view. As large as a <see cref="HistorySlot"/>.</summary>
[StructLayout(LayoutKind.Sequential, Size = HistorySlot.SizeInBytes)]
internal struct HistoryEnvelope
{
    public ViewId View;
    public TitleId Title;
    public ViewerId Viewer;
    public HouseholdId Household;
    public DeviceId Device;
    public VisitId Visit;
    public ContextId Context;
    public Symbol Cdn;

    public HistoryEnvelope(in StreamEvent e)
    {
        View = e.View;
        Title = e.Title;
        Viewer = e.Viewer;
        Household = e.Household;
        Device = e.Device;
        Visit = e.Visit;
        Context = e.Context;
        Cdn = e.Cdn;
    }

    public readonly bool IsOf(in StreamEvent e) =>
        Context == e.Context
        && Cdn == e.Cdn
        && View == e.View
        && Title == e.Title
        && Viewer == e.Viewer
        && Household == e.Household
        && Device == e.Device
        && Visit == e.Visit;

    /// <summary>The event of a slot under this envelope.</summary>
    public readonly StreamEvent EventOf(in HistorySlot slot) => new()
    {
        Id = slot.Id,
        Time = slot.Time,
        Title = Title,
        Viewer = Viewer,
        Household = Household,
        Device = Device,
        View = View,
        Visit = Visit,
        Sequence = slot.Sequence,
        Context = Context,
        Cdn = Cdn,
        Kind = slot.Kind,
        Flags = slot.Flags,
        Payload = slot.Payload,
    };
}
