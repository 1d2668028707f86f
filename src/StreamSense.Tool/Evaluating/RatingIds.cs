using System.Globalization;

namespace StreamSense.Tool.Evaluating;

/// <summary>Numbers the users and items of all files that are read together.</summary>
internal sealed class RatingIds
{
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _items = new(StringComparer.Ordinal);
    private readonly List<string> _itemNames = [];

    /// <summary>How many users there are.</summary>
    public int Users => _users.Count;

    /// <summary>How many items there are.</summary>
    public int Items => _itemNames.Count;

    /// <summary>What each item was met as.</summary>
    public IReadOnlyList<string> ItemNames => _itemNames;

    /// <summary>The number of a user that was met; -1 if it was not.</summary>
    public int FindUser(string id) => _users.TryGetValue(id, out int number) ? number : -1;

    /// <summary>The number of a user.</summary>
    public int UserOf(ReadOnlySpan<char> id) => NumberOf(_users, id, names: null);

    /// <summary>The number of an item.</summary>
    public int ItemOf(ReadOnlySpan<char> id) => NumberOf(_items, id, _itemNames);

    /// <summary>Where each item stands when they are in the order of their ids: by value if all are numbers, else by text.</summary>
    /// <remarks>Of equal scores the lowest is ranked first: that must not depend on the order of rows.</remarks>
    /// <param name="nameOf">The id of an item, given what it was met as.</param>
    public int[] ItemOrder(Func<string, string> nameOf)
    {
        string[] names = [.. _itemNames.Select(nameOf)];
        var values = new decimal[names.Length];
        bool areNumbers = true;
        for (int i = 0; i < names.Length && areNumbers; i++)
        {
            areNumbers = decimal.TryParse(names[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out values[i]);
        }

        int[] sorted = [.. Enumerable.Range(0, names.Length)
            .OrderBy(i => areNumbers ? values[i] : 0)
            .ThenBy(i => names[i], StringComparer.Ordinal)];
        var places = new int[sorted.Length];
        for (int place = 0; place < sorted.Length; place++)
        {
            places[sorted[place]] = place;
        }

        return places;
    }

    private static int NumberOf(Dictionary<string, int> numbers, ReadOnlySpan<char> id, List<string>? names)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(id, out int number))
        {
            string text = id.ToString();
            number = numbers.Count;
            numbers.Add(text, number);
            names?.Add(text);
        }

        return number;
    }
}
