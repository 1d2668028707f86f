using System.Collections.Immutable;
using System.Globalization;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>The files of a decision log: <c>decisions-0000000001.sslog</c> and so on, in one folder.</summary>
/// <remarks>Files of other names are left alone.</remarks>
internal static class DecisionFiles
{
    private const string Prefix = "decisions-";
    private const string Extension = ".sslog";
    private const int Digits = 10;

    /// <summary>The path of a file.</summary>
    public static string PathOf(string folder, long number) =>
        Path.Combine(folder, Prefix + number.ToString($"D{Digits}", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The files of a folder, oldest first.</summary>
    public static ImmutableArray<(long Number, string Path)> In(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, Prefix + "*" + Extension).Select(path => (Number: NumberOf(path), Path: path))
            .Where(file => file.Number >= 0).OrderBy(file => file.Number)]
        : [];

    private static long NumberOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.Length == Prefix.Length + Digits
            && long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : -1;
    }
}
