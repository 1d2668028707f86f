using System.Globalization;
using StreamSense.Stress.Fuzzing;

namespace StreamSense.Stress;

/// <summary>Runs that take minutes: <c>fuzz [--seconds N] [--seed N] [--only NAME] [--at INDEX]</c>.</summary>
internal static class Program
{
    private const string Usage = "usage: fuzz [--seconds 300] [--seed 1] [--only NAME[,NAME…]] [--at INDEX]   (a NAME may end in *)";

    public static int Main(string[] arguments)
    {
        if (arguments is not ["fuzz", .. string[] options] || !TryRead(options, out Dictionary<string, string> values))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        string[] names = values.GetValueOrDefault("--only", "*").Split(',');
        FuzzTarget[] targets = [.. FuzzTargets.All.Where(target => names.Any(name => IsNamed(target.Name, name)))];
        if (targets.Length == 0)
        {
            Console.Error.WriteLine($"no decoder is called so; there are: {string.Join(' ', FuzzTargets.All.Select(target => target.Name))}");
            return 2;
        }

        TimeSpan time = TimeSpan.FromSeconds(Number(values, "--seconds") ?? 300);
        IReadOnlyList<FuzzFailure> failures =
            new FuzzRun(Console.Out).Run(targets, (ulong)(Number(values, "--seed") ?? 1), time, Number(values, "--at"));
        Console.WriteLine(failures.Count == 0 ? "fuzz: every promise held" : $"fuzz: {failures.Count} decoders failed");
        return failures.Count == 0 ? 0 : 1;
    }

    private static bool IsNamed(string target, string name) =>
        name.EndsWith('*') ? target.StartsWith(name[..^1], StringComparison.Ordinal) : string.Equals(target, name, StringComparison.Ordinal);

    private static long? Number(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out string? text) ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static bool TryRead(string[] options, out Dictionary<string, string> values)
    {
        values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i + 1 < options.Length; i += 2)
        {
            bool isNumber = options[i] is "--seconds" or "--seed" or "--at" && options[i + 1].All(char.IsAsciiDigit);
            if (!isNumber && options[i] is not "--only")
            {
                return false;
            }

            values[options[i]] = options[i + 1];
        }

        return options.Length % 2 == 0;
    }
}
