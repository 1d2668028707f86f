namespace StreamSense.Ml.Training.Interactions;

/// <summary>Who watched or rated what: a sparse matrix of users and items, held by rows and by columns.</summary>
/// <remarks>
/// A cell is one interaction; of several of a pair the last in time is kept (the last given, where times are equal). Items of a user and
/// users of an item are ascending. Immutable, and safe for many threads. Memory: 16 bytes a cell for each direction.
/// </remarks>
public sealed class InteractionMatrix
{
    private readonly CompressedRows _byUser;
    private readonly CompressedRows _byItem;

    /// <summary>Makes a matrix.</summary>
    /// <param name="users">How many users there are.</param>
    /// <param name="items">How many items there are.</param>
    /// <param name="interactions">The interactions, in any order.</param>
    /// <exception cref="ArgumentException">An interaction names a user or item that is not there, or a value that is not
    /// finite.</exception>
    public InteractionMatrix(int users, int items, IEnumerable<Interaction> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentOutOfRangeException.ThrowIfNegative(users);
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        Users = users;
        Items = items;
        Interaction[] cells = [.. interactions];
        foreach (Interaction cell in cells)
        {
            if ((uint)cell.User >= (uint)users || (uint)cell.Item >= (uint)items || !float.IsFinite(cell.Value))
            {
                throw new ArgumentException(
                    $"{cell} does not fit {users} users and {items} items, or its value is not finite.", nameof(interactions));
            }
        }

        _byUser = CompressedRows.ByUser(users, cells);
        _byItem = _byUser.Transpose(items);
    }

    private InteractionMatrix(int users, int items, CompressedRows byUser)
    {
        Users = users;
        Items = items;
        _byUser = byUser;
        _byItem = byUser.Transpose(items);
    }

    /// <summary>How many users there are.</summary>
    public int Users { get; }

    /// <summary>How many items there are.</summary>
    public int Items { get; }

    /// <summary>How many cells are filled.</summary>
    public int Count => _byUser.Others.Length;

    /// <summary>The items of a user, ascending.</summary>
    /// <param name="user">The user.</param>
    /// <returns>The items.</returns>
    public ReadOnlySpan<int> ItemsOf(int user) => _byUser.Of(_byUser.Others, user);

    /// <summary>The values of a user, in the order of <see cref="ItemsOf"/>.</summary>
    /// <param name="user">The user.</param>
    /// <returns>The values.</returns>
    public ReadOnlySpan<float> ValuesOf(int user) => _byUser.Of(_byUser.Values, user);

    /// <summary>The times of a user in Unix microseconds, in the order of <see cref="ItemsOf"/>.</summary>
    /// <param name="user">The user.</param>
    /// <returns>The times.</returns>
    public ReadOnlySpan<long> TimesOf(int user) => _byUser.Of(_byUser.Times, user);

    /// <summary>The users of an item, ascending.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The users.</returns>
    public ReadOnlySpan<int> UsersOf(int item) => _byItem.Of(_byItem.Others, item);

    /// <summary>The values of an item, in the order of <see cref="UsersOf"/>.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The values.</returns>
    public ReadOnlySpan<float> ValuesOfItem(int item) => _byItem.Of(_byItem.Values, item);

    /// <summary>The times of an item in Unix microseconds, in the order of <see cref="UsersOf"/>.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The times.</returns>
    public ReadOnlySpan<long> TimesOfItem(int item) => _byItem.Of(_byItem.Times, item);

    /// <summary>The same users and items with some of the cells left out.</summary>
    /// <param name="keeps">Whether a cell stays, by its number in row order.</param>
    internal InteractionMatrix Where(ReadOnlySpan<bool> keeps) => new(Users, Items, _byUser.Where(keeps));
}
