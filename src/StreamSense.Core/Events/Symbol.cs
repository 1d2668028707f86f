namespace StreamSense.Core.Events;

/// <summary>A dimension's value (a country, a CDN, a plan) as a small number of this process.</summary>
/// <remarks>Never leaves the process: what is stored or sent carries the name. <see cref="SymbolTable"/> holds the names.</remarks>
/// <param name="Value">The number; 0 stands for "not given", 1 for "other".</param>
public readonly record struct Symbol(ushort Value)
{
    /// <summary>The value was not given.</summary>
    public static Symbol None => default;

    /// <summary>The value is one for which the bounded table had no place left.</summary>
    public static Symbol Other => new(1);

    /// <summary>Whether the value was not given.</summary>
    public bool IsNone => Value == 0;
}
