namespace StreamSense.Core.Events;

/// <summary>Identifies an event, for telling duplicates.</summary>
/// <remarks>A hash of the sender's id, else of (source, view, seq), else of the content.</remarks>
/// <param name="Value">The 64-bit hash; 0 stands for "not given".</param>
public readonly record struct EventId(ulong Value)
{
    /// <summary>The id of an event that carries none.</summary>
    public static EventId None => default;

    /// <summary>Whether the event carried no such id.</summary>
    public bool IsNone => Value == 0;

    /// <summary>The hash as 16 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
