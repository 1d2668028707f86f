using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>What a row says, as the event from which those begin that name it.</summary>
internal struct PlainRow
{
    /// <summary>Ids, CDN and context.</summary>
    public StreamEvent Event;

    /// <summary>The dimensions, with the purposes that the row states or, if it states none, that the host assumes.</summary>
    public EventContext Context;

    /// <summary>The members that are there.</summary>
    public FieldSet Present;

    /// <summary>The hash of the source, which identifies events that have no id.</summary>
    public ulong SourceHash;

    /// <summary>Whether it has been read.</summary>
    public bool IsRead;

    /// <summary>Whether it could be read; else its events take the general way.</summary>
    public bool IsPlain;
}
