using System.Text.RegularExpressions;

namespace StreamSense.Tidy.Tests.Source;

/// <summary>A type as its declaration has it.</summary>
/// <param name="Name">Its name without type parameters.</param>
/// <param name="Kind">The keyword that declares it.</param>
/// <param name="Modifiers">The text before the keyword: attributes and modifiers.</param>
/// <param name="Line">The line of its name, from 1.</param>
/// <param name="IsNested">Whether it stands inside another type.</param>
internal sealed record DeclaredType(string Name, string Kind, string Modifiers, int Line, bool IsNested)
{
    /// <summary>Whether a modifier stands before the keyword.</summary>
    public bool Is(string modifier) => Regex.IsMatch(Modifiers, $@"\b{modifier}\b", RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>Whether it is a reference type that others could derive from.</summary>
    public bool IsClass => Kind is "class" or "record" || Kind.EndsWith("class", StringComparison.Ordinal);
}
