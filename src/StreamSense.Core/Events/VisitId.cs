namespace StreamSense.Core.Events;

/// <summary>The pseudonym of one visit of the app.</summary>
/// <remarks>A keyed hash: without the host's key it cannot be turned back.</remarks>
/// <param name="Value">The 64-bit hash; 0 stands for "not given".</param>
public readonly record struct VisitId(ulong Value)
{
    /// <summary>The id of an event that carries none.</summary>
    public static VisitId None => default;

    /// <summary>Whether the event carried no such id.</summary>
    public bool IsNone => Value == 0;

    /// <summary>The hash as 16 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
