namespace StreamSense.Core.Events;

/// <summary>Points to the text, arrays and custom fields of an event in the annex beside its buffer.</summary>
/// <remarks>
/// Valid only together with the buffer that holds the event, and only until the event's slot is released.
/// The annex of an event holds the members of its JSON text that have no place in <see cref="StreamEvent"/>: UTF-8,
/// without the enclosing braces, for example <c>"code":"E12","message":"no licence"</c>.
/// </remarks>
/// <param name="Value">The position; 0 stands for "no annex".</param>
public readonly record struct AnnexHandle(uint Value)
{
    /// <summary>The handle of an event without an annex.</summary>
    public static AnnexHandle None => default;

    /// <summary>Whether the event has no annex.</summary>
    public bool IsNone => Value == 0;
}
