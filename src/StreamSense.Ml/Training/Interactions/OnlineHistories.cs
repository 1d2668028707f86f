namespace StreamSense.Ml.Training.Interactions;

/// <summary>The last few items of each user, each once, the latest first.</summary>
/// <remarks>4 bytes · (items of a user + 1) for each user, allocated at once. For one thread.</remarks>
internal sealed class OnlineHistories(int users, int capacity)
{
    private readonly int[] _items = new int[checked(users * capacity)];
    private readonly int[] _counts = new int[users];

    /// <summary>The items of a user; none for one who is not there.</summary>
    public ReadOnlySpan<int> Of(int user) =>
        (uint)user < (uint)_counts.Length ? _items.AsSpan(user * capacity, _counts[user]) : [];

    /// <summary>Puts an item first.</summary>
    /// <returns>Whether it was not among the items before.</returns>
    public bool Add(int user, int item)
    {
        Span<int> row = _items.AsSpan(user * capacity, capacity);
        int place = row[.._counts[user]].IndexOf(item);
        bool isNew = place < 0;
        if (isNew)
        {
            _counts[user] = Math.Min(capacity, _counts[user] + 1);
            place = _counts[user] - 1;
        }

        row[..place].CopyTo(row[1..]);
        row[0] = item;
        return isNew;
    }
}
