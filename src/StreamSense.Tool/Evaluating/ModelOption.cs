namespace StreamSense.Tool.Evaluating;

/// <summary>An option of a trainer that <c>--options</c> may set.</summary>
/// <typeparam name="T">The options it belongs to.</typeparam>
/// <param name="Name">Its name, in camelCase.</param>
/// <param name="Takes">What it takes, in a few words.</param>
/// <param name="TrySet">Sets it; false if the text is not what it takes.</param>
/// <param name="Aliases">Other names that people call it by.</param>
internal sealed record ModelOption<T>(string Name, string Takes, Func<T, string, bool> TrySet, string[] Aliases)
{
    /// <summary>Whether it is called so, in whatever case.</summary>
    public bool IsCalled(string name) => Aliases.Prepend(Name).Contains(name, StringComparer.OrdinalIgnoreCase);
}
