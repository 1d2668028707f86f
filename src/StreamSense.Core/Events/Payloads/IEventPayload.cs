namespace StreamSense.Core.Events.Payloads;

/// <summary>Marks the types that <see cref="StreamEvent.Payload"/> can be read as.</summary>
/// <remarks>
/// An implementation is unmanaged and at most <see cref="EventPayload.Size"/> bytes. A decoder writes every field: a
/// cleared payload says "0", not "absent". Durations and playheads are microseconds, with <see cref="Absent.Time"/> for
/// "not given"; numbers use <see cref="Absent.Number"/>; symbols use <see cref="Symbol.None"/>.
/// </remarks>
public interface IEventPayload
{
    /// <summary>Whether events of a kind carry this payload.</summary>
    /// <param name="kind">The kind.</param>
    static abstract bool Holds(EventKind kind);
}
