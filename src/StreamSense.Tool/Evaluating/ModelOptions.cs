using System.Globalization;
using StreamSense.Tool.CommandLine;

namespace StreamSense.Tool.Evaluating;

/// <summary>Options of a trainer by their names, in code that can be compiled ahead of time.</summary>
/// <typeparam name="T">The options.</typeparam>
internal sealed class ModelOptions<T>
    where T : class, new()
{
    private const string Automatic = "auto";

    private readonly List<ModelOption<T>> _options = [];

    /// <summary>The names, with what each takes.</summary>
    public IEnumerable<string> Names => _options.Select(option => $"{option.Name} ({option.Takes})");

    /// <summary>A whole number.</summary>
    public ModelOptions<T> Whole(string name, Action<T, int> set, params string[] aliases) =>
        Add(name, "a whole number", aliases, (options, text) => TryRead(text, out int value) && Set(() => set(options, value)));

    /// <summary>A whole number, or <c>auto</c>.</summary>
    public ModelOptions<T> WholeOrAuto(string name, Action<T, int?> set, params string[] aliases) =>
        Add(name, "a whole number or auto", aliases, (options, text) => text is Automatic
            ? Set(() => set(options, null))
            : TryRead(text, out int value) && Set(() => set(options, value)));

    /// <summary>A number.</summary>
    public ModelOptions<T> Number(string name, Action<T, double> set, params string[] aliases) =>
        Add(name, "a number", aliases, (options, text) => TryRead(text, out double value) && Set(() => set(options, value)));

    /// <summary>A number, or <c>auto</c>.</summary>
    public ModelOptions<T> NumberOrAuto(string name, Action<T, double?> set, params string[] aliases) =>
        Add(name, "a number or auto", aliases, (options, text) => text is Automatic
            ? Set(() => set(options, null))
            : TryRead(text, out double value) && Set(() => set(options, value)));

    /// <summary>A duration, or <c>auto</c>.</summary>
    public ModelOptions<T> DurationOrAuto(string name, Action<T, TimeSpan?> set, params string[] aliases) =>
        Add(name, "a duration such as 7d, or auto", aliases, (options, text) => text is Automatic
            ? Set(() => set(options, null))
            : DurationText.TryParse(text, out TimeSpan value) && Set(() => set(options, value)));

    /// <summary>One of some words, or <c>auto</c>.</summary>
    public ModelOptions<T> WordOrAuto<TEnum>(string name, Action<T, TEnum?> set, params string[] aliases)
        where TEnum : struct, Enum
    {
        string[] words = [.. Enum.GetNames<TEnum>().Select(word => char.ToLowerInvariant(word[0]) + word[1..])];
        return Add(name, string.Join(", ", words) + " or auto", aliases, (options, text) => text is Automatic
            ? Set(() => set(options, null))
            : words.Contains(text, StringComparer.OrdinalIgnoreCase)
                && Enum.TryParse(text, ignoreCase: true, out TEnum value)
                && Set(() => set(options, value)));
    }

    /// <summary>Makes options of texts.</summary>
    /// <param name="model">The model's name, for complaints.</param>
    /// <param name="texts">Names and values.</param>
    /// <exception cref="Inputs.InputException">There is no such option, or it does not take the value.</exception>
    public T Read(string model, IEnumerable<KeyValuePair<string, string>> texts)
    {
        var options = new T();
        foreach ((string name, string text) in texts)
        {
            ModelOption<T> option = _options.Find(known => known.IsCalled(name))
                ?? throw new Inputs.InputException(_options.Count == 0
                    ? $"{model} has no options, and no '{name}'"
                    : $"{model} has no option '{name}'; it has {string.Join(", ", Names)}");
            if (!option.TrySet(options, text))
            {
                throw new Inputs.InputException($"{name} of {model} takes {option.Takes}, not '{text}'");
            }
        }

        return options;
    }

    private static bool TryRead(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static bool Set(Action set)
    {
        set();
        return true;
    }

    private ModelOptions<T> Add(string name, string takes, string[] aliases, Func<T, string, bool> trySet)
    {
        _options.Add(new ModelOption<T>(name, takes, trySet, aliases));
        return this;
    }
}
