namespace StreamSense.Core.Events;

/// <summary>Identifies a ranking request, so that what was shown can be joined with what was watched.</summary>
/// <remarks>A hash of the request's id text.</remarks>
/// <param name="Value">The 64-bit hash; 0 stands for "not given".</param>
public readonly record struct RequestId(ulong Value)
{
    /// <summary>The id of an event that carries none.</summary>
    public static RequestId None => default;

    /// <summary>Whether the event carried no such id.</summary>
    public bool IsNone => Value == 0;

    /// <summary>The hash as 16 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
