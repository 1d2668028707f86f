namespace StreamSense.Core.Events;

/// <summary>Identifies a title of the catalogue.</summary>
/// <remarks>A stable hash of the catalogue id, the same in every process; <see cref="NameTable"/> turns it back into the id.</remarks>
/// <param name="Value">The 64-bit hash; 0 stands for "not given".</param>
public readonly record struct TitleId(ulong Value)
{
    /// <summary>The id of an event that carries none.</summary>
    public static TitleId None => default;

    /// <summary>Whether the event carried no such id.</summary>
    public bool IsNone => Value == 0;

    /// <summary>The hash as 16 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
