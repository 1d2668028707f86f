using System.CommandLine;

namespace StreamSense.Tool.CommandLine;

/// <summary>Options that take one of some names, or several with commas between them.</summary>
internal static class ChoiceOption
{
    /// <summary>Creates an option that takes one.</summary>
    /// <param name="name">Its name: <c>--profile</c>.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="values">What it takes.</param>
    public static Option<string> Create(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', values) };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    /// <summary>Creates an option that takes several, each once.</summary>
    /// <param name="name">Its name: <c>--by</c>.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="values">What it takes.</param>
    public static Option<string[]> CreateList(string name, string description, params string[] values) => new(name)
    {
        Description = description,
        HelpName = "NAMES",
        Arity = ArgumentArity.ExactlyOne,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            string[] given = result.Tokens[0].Value.Split(',');
            foreach (string value in given)
            {
                if (!values.Contains(value, StringComparer.Ordinal))
                {
                    result.AddError($"'{value}' is nothing for {name}: it takes {string.Join(", ", values)}");
                    return [];
                }
            }

            if (given.Distinct(StringComparer.Ordinal).Count() != given.Length)
            {
                result.AddError($"{name} has a name twice: {result.Tokens[0].Value}");
            }

            return given;
        },
    };
}
