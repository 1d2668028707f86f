using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Evaluation;

/// <summary>Reads the rating sets that lie beside the repository.</summary>
internal static class RatingSets
{
    /// <summary>A set's interactions, users and items numbered in the order of their ids; skips the test where it is not here.</summary>
    public static (Interaction[] Interactions, int Users, int Items) Read(string file, string separator, bool hasHeader)
    {
        string path = Require(file);
        (int User, int Item, float Value, long Seconds)[] rows = [.. File.ReadLines(path).Skip(hasHeader ? 1 : 0).Select(line =>
        {
            string[] cells = line.Split(separator);
            return (
                int.Parse(cells[0], CultureInfo.InvariantCulture),
                int.Parse(cells[1], CultureInfo.InvariantCulture),
                float.Parse(cells[2], CultureInfo.InvariantCulture),
                long.Parse(cells[3], CultureInfo.InvariantCulture));
        })];
        int[] users = [.. rows.Select(row => row.User).Distinct().Order()];
        int[] items = [.. rows.Select(row => row.Item).Distinct().Order()];
        Interaction[] interactions = [.. rows.Select(row => new Interaction(
            Array.BinarySearch(users, row.User),
            Array.BinarySearch(items, row.Item),
            row.Value,
            new EventTime(row.Seconds * EventTime.MicrosecondsPerSecond)))];
        return (interactions, users.Length, items.Length);
    }

    /// <summary>The path of a file of the data; skips the test where they are not here.</summary>
    public static string Require(string file)
    {
        string? path = Find(file);
        Assert.False(
            path is null && Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1", $"{file} is required in this run");
        Skip.If(path is null, "shared/data is not here");
        return path!;
    }

    private static string? Find(string file)
    {
        if (Environment.GetEnvironmentVariable("STREAMSENSE_DATA") is { Length: > 0 } data)
        {
            string given = Path.Combine(data, file);
            return File.Exists(given) ? given : null;
        }

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string beside = Path.Combine(at.FullName, "shared", "data", file);
            if (File.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }
}
