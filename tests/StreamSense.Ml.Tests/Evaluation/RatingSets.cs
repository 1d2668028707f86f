using System.Globalization;
using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Evaluation;

/// <summary>Reads the rating sets that lie beside the repository.</summary>
internal static class RatingSets
{
    /// <summary>A set's interactions, users and items numbered in the order of their ids; skips the test where it is not here.</summary>
    public static (Interaction[] Interactions, int Users, int Items) Read(string file, string separator, bool hasHeader)
    {
        string path = SharedData.Require(file);
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
}
