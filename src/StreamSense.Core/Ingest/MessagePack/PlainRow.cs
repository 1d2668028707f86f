using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>
/// What a row says, as the events want it that name it: 64 bytes, because events name rows in no order that a cache knows.
/// </summary>
internal struct PlainRow
{
    public ViewerId Viewer;
    public HouseholdId Household;
    public DeviceId Device;
    public ViewId View;
    public VisitId Visit;

    /// <summary>The hash of the source, which identifies events that have no id.</summary>
    public ulong SourceHash;

    /// <summary>The lower half of the set of the members that are there; a row has no others.</summary>
    public ulong PresentLow;

    /// <summary>The context, with the purposes that the row states or, if it states none, that the host assumes.</summary>
    public ContextId Context;

    public Symbol Cdn;

    /// <summary>Those purposes.</summary>
    public ConsentPurposes Consent;

    public RowState State;

    /// <summary>Whether a row has been read, and can be; the events of one that cannot take the general way.</summary>
    internal enum RowState : byte
    {
        Unread,
        General,
        Plain,
    }

    /// <summary>The members that are there.</summary>
    public readonly FieldSet Present => new(PresentLow, 0);
}
