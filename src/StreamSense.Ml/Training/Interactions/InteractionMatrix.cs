namespace StreamSense.Ml.Training.Interactions;

/// <summary>Who watched or rated what: a sparse matrix of users and items, held by rows and by columns.</summary>
/// <remarks>
/// A cell is one interaction; of several of a pair the last in time is kept (the last given, where times are equal). Items of a user and
/// users of an item are ascending. Immutable, and safe for many threads. Memory: 16 bytes a cell for each direction.
/// </remarks>
public sealed class InteractionMatrix
{
    private readonly int[] _userStarts;
    private readonly int[] _userItems;
    private readonly float[] _userValues;
    private readonly long[] _userTimes;
    private readonly int[] _itemStarts;
    private readonly int[] _itemUsers;
    private readonly float[] _itemValues;
    private readonly long[] _itemTimes;

    /// <summary>Makes a matrix.</summary>
    /// <param name="users">How many users there are.</param>
    /// <param name="items">How many items there are.</param>
    /// <param name="interactions">The interactions, in any order.</param>
    /// <exception cref="ArgumentException">An interaction names a user or item that is not there, or a value that is not finite.</exception>
    public InteractionMatrix(int users, int items, IEnumerable<Interaction> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentOutOfRangeException.ThrowIfNegative(users);
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        Users = users;
        Items = items;
        Interaction[] cells = DistinctCells(users, items, interactions);
        Count = cells.Length;
        (_userStarts, _userItems, _userValues, _userTimes) = Compress(cells, users, static cell => cell.User, static cell => cell.Item);
        Array.Sort(cells, static (left, right) =>
            left.Item != right.Item ? left.Item.CompareTo(right.Item) : left.User.CompareTo(right.User));
        (_itemStarts, _itemUsers, _itemValues, _itemTimes) = Compress(cells, items, static cell => cell.Item, static cell => cell.User);
    }

    /// <summary>How many users there are.</summary>
    public int Users { get; }

    /// <summary>How many items there are.</summary>
    public int Items { get; }

    /// <summary>How many cells are filled.</summary>
    public int Count { get; }

    /// <summary>The items of a user, ascending.</summary>
    /// <param name="user">The user.</param>
    /// <returns>The items.</returns>
    public ReadOnlySpan<int> ItemsOf(int user) => _userItems.AsSpan(_userStarts[user].._userStarts[user + 1]);

    /// <summary>The values of a user, in the order of <see cref="ItemsOf"/>.</summary>
    /// <param name="user">The user.</param>
    /// <returns>The values.</returns>
    public ReadOnlySpan<float> ValuesOf(int user) => _userValues.AsSpan(_userStarts[user].._userStarts[user + 1]);

    /// <summary>The times of a user in Unix microseconds, in the order of <see cref="ItemsOf"/>.</summary>
    /// <param name="user">The user.</param>
    /// <returns>The times.</returns>
    public ReadOnlySpan<long> TimesOf(int user) => _userTimes.AsSpan(_userStarts[user].._userStarts[user + 1]);

    /// <summary>The users of an item, ascending.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The users.</returns>
    public ReadOnlySpan<int> UsersOf(int item) => _itemUsers.AsSpan(_itemStarts[item].._itemStarts[item + 1]);

    /// <summary>The values of an item, in the order of <see cref="UsersOf"/>.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The values.</returns>
    public ReadOnlySpan<float> ValuesOfItem(int item) => _itemValues.AsSpan(_itemStarts[item].._itemStarts[item + 1]);

    /// <summary>The times of an item in Unix microseconds, in the order of <see cref="UsersOf"/>.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The times.</returns>
    public ReadOnlySpan<long> TimesOfItem(int item) => _itemTimes.AsSpan(_itemStarts[item].._itemStarts[item + 1]);

    private static Interaction[] DistinctCells(int users, int items, IEnumerable<Interaction> interactions)
    {
        Interaction[] cells = [.. interactions];
        foreach (Interaction cell in cells)
        {
            if ((uint)cell.User >= (uint)users || (uint)cell.Item >= (uint)items || !float.IsFinite(cell.Value))
            {
                throw new ArgumentException($"{cell} does not fit {users} users and {items} items, or its value is not finite.");
            }
        }

        // A stable sort, so that of equal times the last given stays last.
        cells = [.. cells.OrderBy(cell => cell.User).ThenBy(cell => cell.Item).ThenBy(cell => cell.Time)];
        int kept = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            bool isLast = i + 1 == cells.Length || cells[i].User != cells[i + 1].User || cells[i].Item != cells[i + 1].Item;
            if (isLast)
            {
                cells[kept++] = cells[i];
            }
        }

        return cells[..kept];
    }

    private static (int[] Starts, int[] Others, float[] Values, long[] Times) Compress(
        Interaction[] cells, int rows, Func<Interaction, int> row, Func<Interaction, int> other)
    {
        var starts = new int[rows + 1];
        var others = new int[cells.Length];
        var values = new float[cells.Length];
        var times = new long[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            starts[row(cells[i]) + 1]++;
            others[i] = other(cells[i]);
            values[i] = cells[i].Value;
            times[i] = cells[i].Time.UnixMicroseconds;
        }

        for (int i = 0; i < rows; i++)
        {
            starts[i + 1] += starts[i];
        }

        return (starts, others, values, times);
    }
}
